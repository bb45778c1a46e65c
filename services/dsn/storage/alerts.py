"""Alerts and their history: read for a set of sites, changed by transitions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from services.dsn.domain.alerts import ALIVE, AlertStatus, Cell, Change, StoredAlert, Transition
from services.dsn.domain.messages import Kind
from services.dsn.domain.periods import Period
from services.dsn.domain.timeline import AlertTurn
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import alert, alert_event

_TURN = ("at", "change", "reason", "rule", "resolution", "cause")


@dataclass(frozen=True)
class Known:
    """The alerts of one site, and the id of each."""

    alerts: Mapping[Cell, StoredAlert]
    ids: Mapping[Cell, UUID]


@dataclass(frozen=True)
class SiteTransition:
    """A transition of an alert of `site_id`; `alert_id` is null while there is none."""

    site_id: UUID
    alert_id: UUID | None
    transition: Transition


def of_sites(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, Known]:
    """Every alert of the sites `ids`, those that are over included: they may reopen."""
    alerts: dict[UUID, dict[Cell, StoredAlert]] = defaultdict(dict)
    keys: dict[UUID, dict[Cell, UUID]] = defaultdict(dict)
    columns = (alert.c.alert_id, alert.c.site_id, alert.c.period, alert.c.kind, alert.c.reason, alert.c.status)
    for some in chunks(ids):
        for row in connection.execute(sa.select(*columns).where(alert.c.site_id.in_(some))):
            cell = (Period.parse(row.period), Kind(row.kind))
            alerts[row.site_id][cell] = StoredAlert(AlertStatus(row.status), row.reason)
            keys[row.site_id][cell] = row.alert_id
    return {site_id: Known(alerts[site_id], keys[site_id]) for site_id in alerts}


def alive_of(connection: Connection, site_id: UUID) -> dict[Period, AlertStatus]:
    """The months of a site that have an alert that is not over; open, when one of a month's two is."""
    living = (alert.c.site_id == site_id, alert.c.status.in_(ALIVE))
    rows = connection.execute(sa.select(alert.c.period, alert.c.status).where(*living))
    found: dict[Period, AlertStatus] = {}
    for row in rows:
        period, status = Period.parse(row.period), AlertStatus(row.status)
        found[period] = AlertStatus.OPEN if AlertStatus.OPEN in (status, found.get(period)) else status
    return found


def history_of(connection: Connection, site_id: UUID, period: Period) -> list[AlertTurn]:
    """What happened to the alerts of a month, oldest first."""
    columns = (alert.c.kind, *(alert_event.c[name] for name in _TURN))
    query = sa.select(*columns).join(alert_event, alert_event.c.alert_id == alert.c.alert_id)
    mine = query.where(alert.c.site_id == site_id, alert.c.period == str(period))
    rows = connection.execute(mine.order_by(alert_event.c.at, alert_event.c.event_id))
    return [AlertTurn(**{**row._mapping, "kind": Kind(row.kind), "change": Change(row.change)}) for row in rows]


def apply(connection: Connection, changes: Sequence[SiteTransition], now: datetime, cause: str) -> None:
    """Make `changes` and write their history, whose `cause` is what made us look."""
    if not changes:
        return
    raised = [(one, new_id()) for one in changes if one.alert_id is None]
    if raised:
        connection.execute(sa.insert(alert), [_new_row(one, alert_id, now) for one, alert_id in raised])
    changed = [(one, one.alert_id) for one in changes if one.alert_id is not None]
    if changed:
        connection.execute(_UPDATE, [_changed_values(one, now) for one, _ in changed])
    history = [_history_row(one.transition, alert_id, now, cause) for one, alert_id in (*raised, *changed)]
    connection.execute(sa.insert(alert_event), history)


_UPDATE = (
    sa.update(alert)
    .where(alert.c.alert_id == sa.bindparam("key"))
    .values(
        reason=sa.bindparam("new_reason"),
        status=sa.bindparam("new_status"),
        rule=sa.bindparam("new_rule"),
        ended_at=sa.bindparam("new_ended_at"),
        resolution=sa.bindparam("new_resolution"),
        proof=sa.bindparam("new_proof"),
        reopened_count=alert.c.reopened_count + sa.bindparam("again"),
        version=alert.c.version + 1,
    )
)


def _new_row(one: SiteTransition, alert_id: UUID, now: datetime) -> dict[str, Any]:
    period, kind = one.transition.cell
    return {
        "alert_id": alert_id,
        "site_id": one.site_id,
        "period": str(period),
        "kind": str(kind),
        "reason": str(one.transition.reason),
        "status": str(one.transition.status),
        "rule": one.transition.rule,
        "raised_at": now,
        "reopened_count": 0,
        "version": 1,
    }


def _changed_values(one: SiteTransition, now: datetime) -> dict[str, Any]:
    to = one.transition
    return {
        "key": one.alert_id,
        "new_reason": str(to.reason),
        "new_status": str(to.status),
        "new_rule": to.rule,
        "new_ended_at": None if to.status in ALIVE else now,
        "new_resolution": to.resolution,
        "new_proof": to.proof,
        "again": int(to.change is Change.REOPENED),
    }


def _history_row(to: Transition, alert_id: UUID, now: datetime, cause: str) -> dict[str, Any]:
    return {
        "event_id": new_id(),
        "alert_id": alert_id,
        "at": now,
        "change": str(to.change),
        "status": str(to.status),
        "reason": str(to.reason),
        "rule": to.rule,
        "resolution": to.resolution,
        "proof": to.proof,
        "cause": cause,
    }
