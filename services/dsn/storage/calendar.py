"""The due dates that caisses moved: read as calendars, written by the newest word on each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.dsn.domain.calendar import Calendar, DueDate
from services.dsn.domain.overrides import Override
from services.dsn.domain.periods import Period
from services.dsn.domain.site import Patience
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import calendar_override, site

# Of a site, whether its caisse moved a due date.
_moved = sa.exists().where(calendar_override.c.caisse == site.c.caisse, calendar_override.c.due_at.is_not(None))
MOVED = _moved.correlate(site).label("moved")
_KEY = ("caisse", "period", "due_day")
_SAID = ("due_at", "label", "said_at")


def calendars_of(connection: Connection, caisses: Iterable[str], patience: Patience) -> Mapping[str, Calendar]:
    """The calendar of each caisse, by its region and what it moved."""
    names, moved = set(caisses), defaultdict[str, dict[DueDate, datetime]](dict)
    for some in chunks(names):
        query = sa.select(calendar_override).where(
            calendar_override.c.caisse.in_(some), calendar_override.c.due_at.is_not(None)
        )
        for row in connection.execute(query):
            moved[row.caisse][Period.parse(row.period), row.due_day] = row.due_at
    return {caisse: Calendar(patience.region(caisse), moved[caisse]) for caisse in names}


def write_overrides(connection: Connection, said: Sequence[Override]) -> list[Override]:
    """Keep the newest word on each due date; those that moved something, so that their sites are looked at again."""
    newest = {_key(one): one for one in sorted(said, key=lambda one: one.said_at)}
    before = _known(connection, {one.caisse for one in said})
    told = [one for key, one in sorted(newest.items()) if key not in before or before[key][1] < one.said_at]
    if not told:
        return []
    statement = insert(connection, calendar_override)
    newer = calendar_override.c.said_at < statement.excluded.said_at
    values = {name: statement.excluded[name] for name in _SAID}
    statement = statement.on_conflict_do_update(index_elements=list(_KEY), set_=values, where=newer)
    connection.execute(statement, [_row(one) for one in told])
    return [one for one in told if before.get(_key(one), (None, None))[0] != one.due_at]


def _known(
    connection: Connection, caisses: Collection[str]
) -> dict[tuple[str, str, int], tuple[datetime | None, datetime]]:
    """What was said of each due date of these caisses, and when; held until the end of the transaction."""
    query = sa.select(calendar_override).where(calendar_override.c.caisse.in_(caisses)).order_by(*_KEY)
    rows = connection.execute(query.with_for_update())
    return {(row.caisse, row.period, row.due_day): (row.due_at, row.said_at) for row in rows}


def _key(one: Override) -> tuple[str, str, int]:
    return one.caisse, str(one.period), one.due_day


def _row(one: Override) -> dict[str, object]:
    return dict(zip(_KEY, _key(one), strict=True)) | {name: getattr(one, name) for name in _SAID}
