"""What every act on the profiles of a company begins and ends with: who may, the adhérent held; the journal's line."""

from dataclasses import replace
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import AccessRefused
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.delegation import Delegation
from services.delegation.storage import delegations
from services.delegation.storage.journal import Act, Author


def decide_profiles(uow: UnitOfWork, actor_id: UUID | None, adherent_id: UUID) -> Delegation:
    """Hold the adhérent; the delegation by which the actor administers it. NotFound (AA22), AccessRefused (AA26), also
    for the firm's: the company's profiles are not theirs (K10)."""
    delegations.lock(uow.connection, [adherent_id])
    actor = delegations.administrator(uow.connection, actor_id, adherent_id, paris_day(uow.now))
    if actor.of_the_firm:
        raise AccessRefused
    return actor


def note_profile(uow: UnitOfWork, actor: Delegation, act: Act, said: str) -> None:
    """The journal says who did it, beside his own delegation: a profile is nobody's."""
    author = replace(Author.of(actor), reason=said)
    delegations.save(uow.connection, [actor.noted()], act=act, author=author, at=uow.now)
