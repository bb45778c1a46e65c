"""The references of messages: a number a year."""

from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.contact.storage.tables import reference_counter


def next_number(connection: Connection, year: int) -> int:
    """The next number of `year`: one statement, so two messages never share one."""
    first = insert(connection, reference_counter).values(year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["year"], set_={"last": reference_counter.c.last + 1}
    ).returning(reference_counter.c.last)
    return int(connection.execute(counted).scalar_one())
