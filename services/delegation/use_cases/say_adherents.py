"""What delegation says again after its database was restored: its adhérents with their sites (docs/decisions/0028)."""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.stated import ADHERENT_STATED
from services.delegation.steps.import_adherents import plain_sites
from services.delegation.steps.import_founders import reference
from services.delegation.storage import referential


def say_adherents(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next adhérents."""
    found = referential.next_adherents(uow.connection, after, limit)
    for one in found:
        state = {**reference(one.id, one.columns), "sites": plain_sites(one.sites)}
        uow.record(ADHERENT_STATED, sequence=one.sequence, data=state)
    return [one.id for one in found]
