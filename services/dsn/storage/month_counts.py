"""How many months are in each state, as the last sweep counted them: months themselves are not stored."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.storage.tables import month_count


def write_counts(connection: Connection, counts: Mapping[str, int]) -> None:
    """Keep what a sweep counted, in the place of what the one before did."""
    connection.execute(sa.delete(month_count))
    if counts:
        connection.execute(sa.insert(month_count), [{"state": one, "months": counts[one]} for one in sorted(counts)])


def counts_of(connection: Connection) -> dict[str, int]:
    """What the last sweep counted."""
    return {row.state: row.months for row in connection.execute(sa.select(month_count))}
