"""How many SMS codes left in each hour: one row an hour, counted up by who sends one (C5)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.identity.storage.tables import sms_hours


def count(connection: Connection, hour: datetime) -> int:
    """One more in `hour`, whose row this transaction now holds; how many with it."""
    statement = insert(connection, sms_hours).values(hour=hour, sent=1)
    more = {"sent": sms_hours.c.sent + 1}
    statement = statement.on_conflict_do_update(index_elements=["hour"], set_=more)
    return int(connection.execute(statement.returning(sms_hours.c.sent)).scalar_one())


def between(connection: Connection, since: datetime, until: datetime) -> list[int]:
    """The counts of the hours from `since` to `until`, that one left out; hours without any have none."""
    inside = sa.and_(sms_hours.c.hour >= since, sms_hours.c.hour < until)
    return list(connection.execute(sa.select(sms_hours.c.sent).where(inside)).scalars())


def purge(connection: Connection, before: datetime) -> int:
    """Delete the hours that nothing is compared with any more."""
    return connection.execute(sa.delete(sms_hours).where(sms_hours.c.hour < before)).rowcount
