"""A person read what he wrote to the caisse about a company."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from services.contact.steps.count_use import count_use


@dataclass(frozen=True)
class RecordUse:
    """`actor` read a message of his about `adherent_id`."""

    actor: UUID
    adherent_id: UUID


def record_use(command: RecordUse, *, uow: UnitOfWork) -> None:
    """It is counted for today (decision 64). NotFound without access: what he wrote stays his to read, and is no use of
    a right any more."""
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    count_use(uow, command.actor, command.adherent_id)
