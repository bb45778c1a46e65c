"""What every act of a person on an alert begins and ends with: found where he may see it, changed, told."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.events.lanes import Lane, in_lane
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules.written import moment
from contracts.words.alerts import AlertChange
from contracts.words.levels import Level
from services.dsn.domain.alert import Alert
from services.dsn.domain.refusals import AlertStale
from services.dsn.domain.site import Patience
from services.dsn.steps.count_use import count_use
from services.dsn.steps.tell_alerts import tell_changes
from services.dsn.storage import alerts, sites
from services.dsn.storage.alerts import Author, Changed
from services.dsn.storage.rights import require_dsn

PERSON = "person"  # the cause of what somebody did on a page


@dataclass(frozen=True)
class ActOnAlert:
    """`actor` acts on an alert, of which he was shown `version`."""

    actor: UUID
    alert_id: UUID
    version: int


@dataclass(frozen=True)
class Found:
    """The alert to act on and the row of its site, held until the transaction ends."""

    alert: Alert
    site: Any


def found_for(actor: UUID | None, alert_id: UUID, level: Level, uow: UnitOfWork) -> Found:
    """The alert, for who may do so much with the DSN of its company today. NotFound for one of a company that he does
    not enter, as for one that is not (AA22); AccessRefused without the right (AA24, AA25).

    Its site is held first, as an evaluation holds it: the right, the alert and what is decided are of one instant. It
    is a use of that right."""
    site_id = alerts.site_of(uow.connection, alert_id)
    held = sites.locked(uow.connection, [site_id] if site_id else [])
    alert = alerts.by_id(uow.connection, alert_id)
    if not held or held[0].withdrawn or alert is None:
        raise NotFound
    grant = require_dsn(uow.connection, actor, held[0].adherent_id, paris_day(uow.now), level)
    if actor:
        count_use(uow, actor, held[0].adherent_id, grant)
    return Found(alert, held[0])


def ensure_shown(alert: Alert, version: int, uow: UnitOfWork, patience: Patience) -> None:
    """AlertStale unless `version`, which the page carried, is the alert as it is now (AA52)."""
    if alert.version == version:
        return
    held = alert.held(uow.now, patience)
    raise AlertStale(f"Une personne s'en occupe depuis le {moment(held.since)}." if held else None)


@in_lane(Lane.BULK)  # as what the clock and imports say of the same alert, so that it does not come before
def made(found: Found, after: Alert, change: AlertChange, actor: UUID, uow: UnitOfWork) -> None:
    """Write what `actor` made of the alert, and tell it."""
    changed = [Changed(after, change)]
    alerts.write(uow.connection, changed, uow.now, Author(PERSON, alerts.person(actor)))
    tell_changes(uow, changed, {found.site.site_id: (found.site, found.site.open_alerts)}, by=actor)
