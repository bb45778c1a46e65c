"""Say what became of alerts: one event for each change, with the whole alert and what people read of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.dsn import ALERT_CHANGED, ALERT_OPENED, ALERT_RESOLVED, ALERT_STATED
from contracts.words.alerts import AlertChange, AlertStatus
from services.dsn.domain.alert import Alert
from services.dsn.domain.messages import event_message
from services.dsn.storage.alerts import Changed
from services.dsn.storage.telling import Standing

_ADHERENT = ("adherent_id", "caisse", "identifiant", "raison_sociale", "siren")


def tell_changes(
    uow: UnitOfWork, changes: Iterable[Changed], sites: Mapping[UUID, tuple[Any, int]], by: UUID | None = None
) -> None:
    """Record the event of each change. `sites`: of each site its row, and how many of its alerts count from now on;
    `by`: the account whose act it was."""
    for one in changes:
        site, open_alerts = sites[one.alert.site_id]
        card = ALERT_OPENED if _opens(one) else ALERT_CHANGED if one.alert.alive else ALERT_RESOLVED
        told = {"change": one.change, "by": by, "quiet": one.quiet}
        uow.record(card, sequence=one.alert.version, data={**_state(one.alert, site, open_alerts), **told})


def tell_standing(uow: UnitOfWork, alerts: Sequence[Standing]) -> None:
    """Record, for each alert, how it stands: no news."""
    for one in alerts:
        uow.record(ALERT_STATED, sequence=one.alert.version, data=_state(one.alert, one.site, one.site.open_alerts))


def _opens(one: Changed) -> bool:
    """Whether it waits for somebody who was not waited for before."""
    again = one.change in (AlertChange.RAISED, AlertChange.REOPENED)
    return again and one.alert.status is AlertStatus.OPEN


def _state(alert: Alert, site: Any, open_alerts: int) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "adherent": {name: getattr(site, name) for name in _ADHERENT},
        "site_id": alert.site_id,
        "siret": site.siret,
        "nom": site.nom,
        "periode": str(alert.period),
        "kind": str(alert.kind),
        "message": event_message(alert.period, alert.kind),
        "reason": alert.reason,
        "status": str(alert.status),
        "rule": alert.rule,
        "raised_at": alert.raised_at,
        "opened_at": alert.opened_at,
        "reopened_count": alert.reopened_count,
        "correction_by": alert.taken.by if alert.taken else None,
        "correction_since": alert.taken.since if alert.taken else None,
        "ended_at": alert.ended_at,
        "resolution": alert.resolution,
        "open_alerts": open_alerts,
    }
