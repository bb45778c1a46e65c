"""Sessions that died before their tokens: kept for a while by every service, asked at each request (ASVS 7.4.1)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.events.cards import Event
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.store.database import upsert
from backbone.store.tables import APART


def table() -> sa.Table:
    """The table of revoked sessions, apart from any service's metadata."""
    return APART.revoked_sessions


def revoke(connection: Connection, sessions: Sequence[UUID], at: datetime) -> None:
    """From now on no token of `sessions` is accepted here."""
    upsert(connection, table(), [{"session_id": one, "revoked_at": at} for one in sessions], key=("session_id",))


@batch
def revoke_session(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Listener of session.revoked: the same in every service."""
    rows = [{"session_id": one.data["session_id"], "revoked_at": one.data["revoked_at"]} for one in events]
    upsert(uow.connection, table(), rows, key=("session_id",))
