"""« Je m'en occupe »: somebody says that he takes care of an alert, and the others see who does, and since when.

It goes on counting. Without a proof it falls back after as long as an answer of the caisse may take.
"""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.alerts import AlertChange
from contracts.words.levels import Level
from services.dsn.domain.site import Patience
from services.dsn.steps.acting_on_alert import ActOnAlert, ensure_shown, found_for, made
from services.dsn.storage import seen, sites


def take_alert(command: ActOnAlert, *, uow: UnitOfWork, patience: Patience) -> None:
    """It is the actor's; said again, nothing changes. NotFound, AccessRefused without « Mise à jour » (AA24),
    AlertStale, NotToTake, AlertTaken."""
    found = found_for(command.actor, command.alert_id, Level.MISE_A_JOUR, uow)
    held = found.alert.held(uow.now, patience)
    if held and held.by == command.actor:
        return
    ensure_shown(found.alert, command.version, uow, patience)
    after = found.alert.taken_by(command.actor, uow.now, patience)
    made(found, after, AlertChange.TAKEN, command.actor, uow)
    seen.mark(uow.connection, [after.id], command.actor, uow.now)
    if after.taken:
        sites.look_by(uow.connection, found.site.site_id, after.taken.next_change_at(patience))
