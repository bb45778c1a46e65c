"""The alerts of one site that wait for the user, for its bell and for Suivi DSN (G63, G64)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from backbone.rights.grants import Grant
from contracts.words.levels import Level
from services.dsn.domain.alert import Alert
from services.dsn.domain.messages import home_message, site_message
from services.dsn.domain.site import Patience
from services.dsn.queries.ahead import ahead as due_next
from services.dsn.storage import sites
from services.dsn.storage.alerts import alert_of
from services.dsn.storage.rights import may, require_dsn
from services.dsn.storage.seen import news_for
from services.dsn.storage.tables import alert, site

NOT_ASKED = {"next_dsn": None, "next_contribution": None}


def site_for(connection: Connection, account_id: UUID | None, site_id: UUID, clock: Clock) -> Any:
    """The site, for an account that may see its DSN today. NotFound with the same words for an unknown site and for
    somebody else's (AA22, AA23)."""
    return _site_and_grant(connection, account_id, site_id, clock)[0]


def _site_and_grant(connection: Connection, account_id: UUID | None, site_id: UUID, clock: Clock) -> tuple[Any, Grant]:
    row = connection.execute(sa.select(site).where(site.c.site_id == site_id, site.c.withdrawn.is_(False))).first()
    if row is None:
        raise NotFound
    return row, require_dsn(connection, account_id, row.adherent_id, paris_day(clock.now()))


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
    row, grant = _site_and_grant(connection, account_id, site_id, clock)
    now = clock.now()
    found = _open(connection, account_id, site_id, newest_first=view != "home")
    return {
        "count": len(found),
        "news": sum(new for _, new in found),
        "messages": [_message(view, one, new) for one, new in found if messages],
        "may_take": may(grant, Level.MISE_A_JOUR),
        "items": [{**alert_item(one, account_id, now, patience), "new": new} for one, new in found if messages],
        **(due_next(sites.lives_of(connection, [row], patience)[row.site_id], clock) if ahead else NOT_ASKED),
    }


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


def _open(connection: Connection, account_id: UUID, site_id: UUID, *, newest_first: bool) -> list[tuple[Alert, bool]]:
    """The open alerts, and whether each is news."""
    opened = sa.select(alert, news_for(account_id).label("new"))
    opened = opened.where(alert.c.site_id == site_id, alert.c.status == "OPEN")
    period = alert.c.period.desc() if newest_first else alert.c.period
    return [(alert_of(row), bool(row.new)) for row in connection.execute(opened.order_by(period, alert.c.kind))]
