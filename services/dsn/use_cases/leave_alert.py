"""Nobody takes care of an alert any more: who did says so, or another one with the same right does for him."""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.alerts import AlertChange
from contracts.words.levels import Level
from services.dsn.domain.site import Patience
from services.dsn.steps.acting_on_alert import ActOnAlert, ensure_shown, found_for, made


def leave_alert(command: ActOnAlert, *, uow: UnitOfWork, patience: Patience) -> None:
    """It is nobody's. NotFound, AccessRefused without « Mise à jour » (AA24), AlertStale, NotTaken."""
    found = found_for(command.actor, command.alert_id, Level.MISE_A_JOUR, uow)
    ensure_shown(found.alert, command.version, uow, patience)
    made(found, found.alert.left(), AlertChange.LEFT, command.actor, uow)
