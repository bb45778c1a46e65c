"""What was sent to the address of an account and waits until it accepts (T1)."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.identity.storage import delegations


def to_accept(
    connection: Connection, *, account_id: UUID, page: int, page_size: int, clock: Clock
) -> tuple[list[dict[str, Any]], int]:
    """A page of the delegations that wait until this account accepts them (T1), and how many there are."""
    day = paris_day(clock.now())
    rows, total = delegations.to_accept(connection, account_id, day, page=page, page_size=page_size)
    return [dict(row._mapping) for row in rows], total
