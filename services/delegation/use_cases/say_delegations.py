"""What delegation says again after its database was restored: what is not over (docs/decisions/0028)."""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.stated import DELEGATION_STATED
from services.delegation.steps.announce import announce
from services.delegation.storage import adherents, delegations


def say_delegations(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next delegations that are neither closed nor refused: who hears the end takes the others for over."""
    found = delegations.next_live(uow.connection, after, limit)
    concerned = adherents.references(uow.connection, {one.adherent_id for one in found})
    for one in found:
        announce(uow, DELEGATION_STATED, one, concerned[one.adherent_id])
    return [one.id for one in found]
