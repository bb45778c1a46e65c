"""What the link of an invitation shows (G44), and what waits until an account accepts it (T1)."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.secrets import digest
from services.identity.domain.account import Status
from services.identity.domain.invitation import accepts_by
from services.identity.domain.refusals import LinkDead
from services.identity.storage import delegations, invitations


def invitation(connection: Connection, *, token: str, clock: Clock) -> dict[str, Any]:
    """What the page behind a link shows before anything is typed (G44). Nothing is consumed. LinkDead (M3)."""
    row = invitations.live(connection, digest(token), clock.now())
    if row is None:
        raise LinkDead
    return {**row._mapping, "accepts_by": accepts_by(Status(row.status))}


def to_accept(
    connection: Connection, *, account_id: UUID, page: int, page_size: int, clock: Clock
) -> tuple[list[dict[str, Any]], int]:
    """A page of the delegations that wait until this account accepts them (T1), and how many there are."""
    day = paris_day(clock.now())
    rows, total = delegations.to_accept(connection, account_id, day, page=page, page_size=page_size)
    return [dict(row._mapping) for row in rows], total
