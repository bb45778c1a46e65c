"""Ending what may not be: a second live delegation of one person, or one whose person left the address that was asked.

Nobody asked for it: the journal says why, and the administrators are told (K1, K2).
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.kinds import Kind
from contracts.words.reasons import Closed
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.doubles import same_days
from services.delegation.steps.bounding import close_with_descendants
from services.delegation.storage import delegations
from services.delegation.storage.journal import GONE, SAME_PERSON, Act


def end_doubles(doubles: Sequence[Delegation], *, uow: UnitOfWork) -> None:
    """End these: their person has a delegation of the adhérent on the same days."""
    close_with_descendants(uow, doubles, act=Act.DOUBLE, author=SAME_PERSON, reason=Closed.DOUBLE, told=True)


def end_left(left: Sequence[Delegation], *, uow: UnitOfWork) -> None:
    """End these: nobody confirmed them, and their person is no longer at the address that was asked."""
    close_with_descendants(uow, left, act=Act.LEFT, author=GONE, reason=Closed.LEFT, told=True)


def end_beside(account_ids: Collection[UUID], *, uow: UnitOfWork) -> None:
    """End what waits for an address that these accounts, which just came to it, make a double of what they have. Not
    what the caisse named them to: they keep that, once identified, and lose the rest."""
    day = paris_day(uow.now)
    waiting = delegations.waiting_beside(uow.connection, account_ids, day)
    places = {one.adherent_id for _, one in waiting}
    held = delegations.held_by(uow.connection, account_ids, places, day) if waiting else []
    doubles = [
        one
        for account_id, one in waiting
        if one.kind is not Kind.FONDATEUR
        and same_days(one, [other for other in held if other.beneficiary.account_id == account_id])
    ]
    end_doubles(doubles, uow=uow)
