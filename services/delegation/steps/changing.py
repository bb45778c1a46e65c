"""A delegation that changed, saved and announced with all that it bounds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_CHANGED
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Terms
from services.delegation.steps.announce import announce
from services.delegation.steps.bounding import bound_descendants
from services.delegation.steps.deciding import Decision
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class ChangeDelegation:
    """The whole new grant, the version it was decided on, and when its grantor last gave his password."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int
    authenticated_at: datetime | None
    terms: Terms


def apply_change(uow: UnitOfWork, decision: Decision, changed: Delegation) -> None:
    """Save and announce a confirmed delegation that changed, and all that it bounds. Raises the clash of two (K2)."""
    author = Author.of(decision.actor)
    delegations.save(uow.connection, [changed], act=Act.MODIFICATION, author=author, at=uow.now)
    announce(uow, DELEGATION_CHANGED, changed, adherents.reference(uow.connection, changed.adherent_id))
    bound_descendants(uow, changed, decision.actor)
