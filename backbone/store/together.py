"""Statements that are sent as one, where the database can: a round trip, and what a statement costs here, are saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

Together = Sequence[Any]


def together(dialect: str, *changes: Any) -> Together:
    """`changes`, INSERTs, UPDATEs and DELETEs of other rows each, as they are sent: one statement on PostgreSQL (7.8.2,
    « data-modifying statements in WITH »), which does all or none, each seeing the rows as they were before.

    Keep what it returns: building is what costs. Values are parameters (`sa.bindparam`), none named as a column.
    """
    if dialect != "postgresql":
        return changes
    *others, last = changes
    return [last.add_cte(*(one.cte(f"change_{number}") for number, one in enumerate(others)))]


def send(connection: Connection, changes: Together, parameters: Mapping[str, Any]) -> None:
    """Do what `together` put together; every change takes what it knows of `parameters`."""
    for one in changes:
        connection.execute(one, parameters)
