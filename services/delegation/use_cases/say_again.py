"""What delegation says again after its database was restored: its adhérents with their sites, and what is not over."""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.stated import ADHERENT_STATED, DELEGATION_STATED
from services.delegation.steps.announce import announce
from services.delegation.steps.import_adherents import plain_sites
from services.delegation.steps.import_founders import reference
from services.delegation.storage import adherents, delegations, referential


def say_adherents(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next adhérents."""
    found = referential.next_adherents(uow.connection, after, limit)
    for one in found:
        state = {**reference(one.id, one.columns), "sites": plain_sites(one.sites)}
        uow.record(ADHERENT_STATED, sequence=one.sequence, data=state)
    return [one.id for one in found]


def say_delegations(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next delegations that are neither closed nor refused: who hears the end takes the others for over."""
    found = delegations.next_live(uow.connection, after, limit)
    concerned = adherents.references(uow.connection, {one.adherent_id for one in found})
    for one in found:
        announce(uow, DELEGATION_STATED, one, concerned[one.adherent_id])
    return [one.id for one in found]
