"""A person read the DSN of a site."""

from dataclasses import dataclass
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.steps.count_use import count_use
from services.dsn.storage import sites
from services.dsn.storage.rights import require_dsn


@dataclass(frozen=True)
class RecordUse:
    """`actor` read the Suivi DSN of the site, a month of it or one of its alerts."""

    actor: UUID
    site_id: UUID


def record_use(command: RecordUse, *, uow: UnitOfWork) -> None:
    """It is counted for today (decision 64). NotFound, AccessRefused as for reading it (AA22, AA25)."""
    adherent_id = sites.adherent_of(uow.connection, command.site_id)
    if adherent_id is None:
        raise NotFound
    grant = require_dsn(uow.connection, command.actor, adherent_id, paris_day(uow.now))
    count_use(uow, command.actor, adherent_id, grant)
