"""The files of messages: which are referred to, what the antivirus said of each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.due import come
from contracts.words.statuses import Scan
from services.contact.storage.tables import HAS_FILES, UNJUDGED, attachment, message


def kept_names(connection: Connection, names: Sequence[str]) -> set[str]:
    """Those of `names` that a message still refers to, and that hold no virus."""
    query = sa.select(attachment.c.storage_name).join(message)
    harmless = attachment.c.scan.is_distinct_from(Scan.INFECTED.value)
    live = query.where(attachment.c.storage_name.in_(names), message.c.files_purged_at.is_(None), harmless)
    return set(connection.execute(live).scalars())


def due_scans(connection: Connection, now: datetime, longest: timedelta, limit: int) -> Sequence[Any]:
    """Files that wait for a verdict: the oldest first, and last those that could not be judged a while ago, which wait
    for `longest` at most."""
    again = attachment.c.scan_again_at
    due = sa.and_(UNJUDGED, HAS_FILES, sa.or_(again.is_(None), come(again, now, longest)))
    query = sa.select(attachment.c.file_id, attachment.c.storage_name).join(message).where(due)
    return connection.execute(query.order_by(again.is_not(None), again, attachment.c.file_id).limit(limit)).all()


def record_scan(connection: Connection, file_id: UUID, verdict: Scan | None, *, again_at: datetime) -> None:
    """Write the verdict on a file; without one, when to ask again."""
    values = {"scan": verdict.value} if verdict else {"scan_again_at": again_at}
    connection.execute(sa.update(attachment).where(attachment.c.file_id == file_id).values(**values))
