"""The alerts of one site that wait for the user, for its bell and for Suivi DSN (G63, G64)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.rights.grants import Grant
from contracts.words.levels import Level
from services.dsn.domain.alert import Alert
from services.dsn.domain.alerts import AlertStatus
from services.dsn.domain.messages import home_message, site_message
from services.dsn.domain.site import Patience
from services.dsn.queries.ahead import ahead as due_next
from services.dsn.queries.rights import seen, site_with
from services.dsn.storage import sites
from services.dsn.storage.alerts import living_of
from services.dsn.storage.calendar import MOVED
from services.dsn.storage.rights import may
from services.dsn.storage.seen import news_for
from services.dsn.storage.tables import alert, site

NOT_ASKED = {"next_dsn": None, "next_contribution": None}
_OPEN = sa.select(sa.func.count()).where(alert.c.site_id == site.c.site_id, alert.c.status == "OPEN").correlate(site)
_NEWS = _OPEN.where(news_for(sa.bindparam("account_id", type_=sa.Uuid)))
_SITE, _NUMBERS = site_with(MOVED), site_with(MOVED, _OPEN.label("waiting"), _NEWS.label("news"))


@dataclass(frozen=True)
class Asked:
    """When a site is asked about, how long its caisse waits, and who asks: null for the caisse's systems."""

    now: datetime
    patience: Patience
    account_id: UUID | None = None


def site_alerts(
    connection: Connection,
    *,
    account_id: UUID,
    site_id: UUID,
    view: str,
    clock: Clock,
    patience: Patience,
    ahead: bool = False,
    messages: bool = True,
) -> dict[str, Any]:
    """How many alerts wait for the user, how many of them are news to him, their messages, and of each who takes care
    of it: view « sites » newest first, « home » oldest first. `may_take`: whether he may say that he does.
    With `ahead`, what is due next is there too; without `messages`, the numbers alone."""
    row, grant = seen(connection, account_id, site_id, clock, _SITE if messages else _NUMBERS)
    next_ones = due_next(sites.life_at(connection, row, patience), clock) if ahead else NOT_ASKED
    if not messages:
        numbers = {"count": row.waiting, "news": row.news, "may_take": _may_take(grant)}
        return {**numbers, "messages": [], "items": [], **next_ones}
    asked = Asked(clock.now(), patience, account_id)
    return {**told(living_of(connection, site_id, account_id), grant, asked, view), **next_ones}


def told(living: Iterable[tuple[Alert, bool]], grant: Grant, asked: Asked, view: str) -> dict[str, Any]:
    """The same of the alerts that are not over, oldest first, each with whether it is news."""
    found = [(one, new) for one, new in living if one.status is AlertStatus.OPEN]
    if view != "home":
        found.sort(key=lambda one: one[0].period, reverse=True)
    return {
        "count": len(found),
        "news": sum(new for _, new in found),
        "messages": [_message(view, one, new) for one, new in found],
        "may_take": _may_take(grant),
        "items": [{**alert_item(one, asked.account_id, asked.now, asked.patience), "new": new} for one, new in found],
    }


def _may_take(grant: Grant) -> bool:
    return may(grant, Level.MISE_A_JOUR)


def _message(view: str, one: Alert, new: bool) -> str | dict[str, Any]:
    if view == "home":
        return home_message(one.period, one.kind)
    return {**site_message(one.period, one.kind), "new": new}


def alert_item(one: Alert, account_id: UUID | None, now: datetime, patience: Patience) -> dict[str, Any]:
    """An alert as the page shows it to `account_id`, and who takes care of it."""
    held = one.held(now, patience)
    care = (
        {"by": held.by, "since": held.since, "until": held.until(patience), "mine": held.by == account_id}
        if held
        else None
    )
    return {
        "alert_id": one.id,
        "periode": str(one.period),
        "kind": str(one.kind),
        "label": one.kind.label,
        "status": str(one.status),
        "version": one.version,
        "opened_at": one.opened_at,
        "correction": care,
    }
