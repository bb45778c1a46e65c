"""One's own live sessions (ASVS 7.5.2)."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage import sessions


def live_sessions(
    connection: Connection,
    *,
    account_id: UUID,
    current: UUID | None,
    page: int,
    page_size: int,
    clock: Clock,
    lifetimes: Lifetimes,
) -> tuple[list[dict[str, Any]], int]:
    """A page of one's own sessions, and how many there are (ASVS 7.5.2)."""
    rows, total = sessions.of_account(connection, account_id, clock.now(), lifetimes, page=page, page_size=page_size)
    return [{**row._mapping, "current": row.session_id == current} for row in rows], total
