"""Alerts and their history: read for a set of sites, written as they become."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from services.dsn.domain.alert import Alert, Taken, cell_of
from services.dsn.domain.alerts import AlertStatus, Cell, Change
from services.dsn.domain.messages import Kind
from services.dsn.domain.periods import Period
from services.dsn.domain.timeline import AlertTurn
from services.dsn.storage.seen import news_for
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import alert, alert_event, living

_TURN = ("at", "change", "reason", "rule", "resolution", "cause", "proof")
_ACCOUNT, _SITE = (sa.bindparam(name, type_=sa.Uuid) for name in ("account_id", "site_id"))
_LIVING = sa.select(alert, news_for(_ACCOUNT).label("new")).where(alert.c.site_id == _SITE, living(alert))
_LIVING = _LIVING.order_by(alert.c.period, alert.c.kind)
_PERSON = "account:"
# Who changes an alert when nobody does.
CLOCK = "clock"
LONGEST_PROOF = 64


@dataclass(frozen=True, slots=True)
class Changed:
    """An alert as it is from now on, and what happened to it. `proof`: the id of the fact that made it so."""

    alert: Alert
    change: Change
    proof: str | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Author:
    """Who made alerts change, as the history keeps it: `actor` is « clock », « account:<id> » or « client:<id> »;
    `cause` what he did."""

    cause: str
    actor: str = CLOCK


def of_sites(connection: Connection, ids: Iterable[UUID]) -> dict[UUID, dict[Cell, Alert]]:
    """Every alert of the sites `ids`, those that are over included: they may reopen."""
    found: dict[UUID, dict[Cell, Alert]] = defaultdict(dict)
    for some in chunks(ids):
        for row in connection.execute(sa.select(alert).where(alert.c.site_id.in_(some))):
            one = alert_of(row)
            found[one.site_id][cell_of(one)] = one
    return found


def living_of(connection: Connection, site_id: UUID, account_id: UUID) -> list[tuple[Alert, bool]]:
    """The alerts of a site that are not over, oldest first, each with whether it is news to the account."""
    rows = connection.execute(_LIVING, {"site_id": site_id, "account_id": account_id})
    return [(alert_of(row), bool(row.new)) for row in rows]


def history_of(connection: Connection, site_id: UUID, period: Period) -> list[AlertTurn]:
    """What happened to the alerts of a month, oldest first."""
    columns = (alert.c.kind, alert_event.c.actor, *(alert_event.c[name] for name in _TURN))
    query = sa.select(*columns).join(alert_event, alert_event.c.alert_id == alert.c.alert_id)
    mine = query.where(alert.c.site_id == site_id, alert.c.period == str(period))
    rows = connection.execute(mine.order_by(alert_event.c.at, alert_event.c.event_id))
    return [_turn(row) for row in rows]


def alive_in(connection: Connection, site_id: UUID, period: Period) -> list[Alert]:
    """The alerts of a month that are not over."""
    mine = (alert.c.site_id == site_id, alert.c.period == str(period), living(alert))
    return [alert_of(row) for row in connection.execute(sa.select(alert).where(*mine).order_by(alert.c.kind))]


def by_id(connection: Connection, alert_id: UUID) -> Alert | None:
    """The alert; None when there is none."""
    row = connection.execute(sa.select(alert).where(alert.c.alert_id == alert_id)).first()
    return alert_of(row) if row else None


def site_of(connection: Connection, alert_id: UUID) -> UUID | None:
    """The site of an alert, which never changes; None when there is no such alert."""
    found: UUID | None = connection.execute(sa.select(alert.c.site_id).where(alert.c.alert_id == alert_id)).scalar()
    return found


def alert_of(row: Any) -> Alert:
    """The alert of a row, whichever version wrote it: the one before knows no opening and nobody's care."""
    status = AlertStatus(row.status)
    taken = Taken(row.correction_by, row.correction_since) if row.correction_by and row.correction_since else None
    return Alert(
        row.alert_id,
        row.site_id,
        Period.parse(row.period),
        Kind(row.kind),
        status,
        row.reason,
        row.rule,
        row.raised_at,
        row.opened_at or row.raised_at,
        row.reopened_count,
        row.version,
        taken if status is AlertStatus.OPEN else None,
        row.ended_at,
        row.resolution,
        row.proof,
    )


def person(account_id: UUID) -> str:
    """The actor of what an account did, as the history keeps it."""
    return f"{_PERSON}{account_id}"


def _turn(row: Any) -> AlertTurn:
    actor = row.actor or ""
    by = UUID(actor.removeprefix(_PERSON)) if actor.startswith(_PERSON) else None
    told = {name: getattr(row, name) for name in _TURN}
    return AlertTurn(**{**told, "kind": Kind(row.kind), "change": Change(row.change)}, by=by)


def write(connection: Connection, changes: Sequence[Changed], now: datetime, author: Author) -> None:
    """Make the alerts what `changes` say, and write their history: three statements, however many."""
    if not changes:
        return
    new = [_row(one.alert) for one in changes if one.alert.version == 1]
    if new:
        connection.execute(sa.insert(alert), new)
    former = [_values(one.alert) for one in changes if one.alert.version > 1]
    if former:
        connection.execute(_UPDATE, former)
    connection.execute(sa.insert(alert_event), [_history(one, now, author) for one in changes])


_WRITTEN = (
    "reason",
    "status",
    "rule",
    "opened_at",
    "ended_at",
    "resolution",
    "proof",
    "reopened_count",
    "version",
    "correction_by",
    "correction_since",
    "told_version",
)
_UPDATE = (
    sa.update(alert)
    .where(alert.c.alert_id == sa.bindparam("key"))
    .values({name: sa.bindparam(f"new_{name}") for name in _WRITTEN})
)


def _row(one: Alert) -> dict[str, Any]:
    return {
        "alert_id": one.id,
        "site_id": one.site_id,
        "period": str(one.period),
        "kind": str(one.kind),
        "raised_at": one.raised_at,
        **_state(one),
    }


def _values(one: Alert) -> dict[str, Any]:
    return {"key": one.id, **{f"new_{name}": value for name, value in _state(one).items()}}


def _state(one: Alert) -> Mapping[str, Any]:
    return {
        "reason": one.reason,
        "status": str(one.status),
        "rule": one.rule,
        "opened_at": one.opened_at,
        "ended_at": one.ended_at,
        "resolution": one.resolution,
        "proof": one.proof,
        "reopened_count": one.reopened_count,
        "version": one.version,
        "correction_by": one.taken.by if one.taken else None,
        "correction_since": one.taken.since if one.taken else None,
        "told_version": one.version,
    }


def _history(one: Changed, now: datetime, author: Author) -> dict[str, Any]:
    return {
        "event_id": new_id(),
        "alert_id": one.alert.id,
        "at": now,
        "change": str(one.change),
        "status": str(one.alert.status),
        "reason": one.alert.reason,
        "rule": one.alert.rule,
        "resolution": one.alert.resolution,
        "cause": author.cause,
        "actor": author.actor[:110],
        "proof": one.proof[:LONGEST_PROOF] if one.proof else None,
    }
