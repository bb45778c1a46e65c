"""What an operator watches: alerts that are open, by kind and age, months by state, and declarations without an
establishment."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.shape.measures import Measure
from services.dsn.storage.month_counts import counts_of
from services.dsn.storage.tables import alert, declaration

# Reminders are sent after a week and after a month: an alert older than that waits for the caisse.
AGES = ((timedelta(days=7), "week"), (timedelta(days=30), "month"))
OLDER = "older"


def measures(connection: Connection, now: datetime) -> Iterator[Measure]:
    """Four gauges, each by one statement on a partial index or on what the last sweep counted."""
    yield _alerts(connection, now)
    months: dict[tuple[str, ...], float] = {(state,): count for state, count in counts_of(connection).items()}
    yield Measure("espace_dsn_months", "Months that the last sweep judged, by state.", months, ("state",))
    waiting = declaration.c.quarantined_at.is_not(None)
    row = connection.execute(sa.select(sa.func.count(), sa.func.min(declaration.c.quarantined_at)).where(waiting)).one()
    age = (now - row[1]).total_seconds() if row[1] else 0.0
    yield Measure("espace_dsn_quarantine", "Declarations whose establishment is not known.", {(): row[0]})
    yield Measure("espace_dsn_quarantine_age_seconds", "Since when the oldest of them waits.", {(): age})


def _alerts(connection: Connection, now: datetime) -> Measure:
    age = sa.case(*((alert.c.raised_at > now - limit, name) for limit, name in AGES), else_=OLDER)
    opened = sa.select(alert.c.kind, age, sa.func.count()).where(alert.c.status == "OPEN")
    found: Counter[tuple[str, ...]] = Counter(
        {(kind, name): 0 for kind in "AB" for name in (*(name for _, name in AGES), OLDER)}
    )
    found.update({(row[0], row[1]): row[2] for row in connection.execute(opened.group_by(alert.c.kind, age))})
    return Measure("espace_dsn_alerts", "Alerts that wait for the user, by kind and age.", found, ("kind", "age"))
