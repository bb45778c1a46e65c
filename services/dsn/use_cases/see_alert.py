"""A person was shown an alert: his own mark, which hides nothing from anybody (docs/dsn.md, Alerts)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.levels import Level
from services.dsn.steps.acting_on_alert import found_for
from services.dsn.storage import seen


@dataclass(frozen=True)
class SeeAlert:
    """`actor` saw the alert."""

    actor: UUID
    alert_id: UUID


def see_alert(command: SeeAlert, *, uow: UnitOfWork) -> None:
    """It is no news to him any more, until it opens again. NotFound, AccessRefused (AA22, AA25)."""
    found = found_for(command.actor, command.alert_id, Level.CONSULTATION, uow)
    seen.mark(uow.connection, [found.alert.id], command.actor, uow.now)
