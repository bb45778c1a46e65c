"""The files of messages and of drafts: which are referred to, what the antivirus said of each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.due import come
from contracts.words.statuses import Scan
from services.contact.storage.drafts import HARMLESS
from services.contact.storage.tables import HAS_FILES, UNJUDGED, UNJUDGED_DRAFT, attachment, draft_file, message


def kept_names(connection: Connection, names: Sequence[str]) -> set[str]:
    """Those of `names` that a message or a draft still refers to, and that hold no virus.

    In one statement: a file that becomes a message's between two of them would be in neither.
    """
    query = sa.select(attachment.c.storage_name).join(message)
    harmless = attachment.c.scan.is_distinct_from(Scan.INFECTED.value)
    sent = query.where(attachment.c.storage_name.in_(names), message.c.files_purged_at.is_(None), harmless)
    unsent = sa.select(draft_file.c.storage_name).where(draft_file.c.storage_name.in_(names), HARMLESS)
    return set(connection.execute(sa.union_all(sent, unsent)).scalars())


def due_scans(connection: Connection, now: datetime, longest: timedelta, limit: int) -> Sequence[Any]:
    """Files that wait for a verdict: the oldest first, and last those that could not be judged a while ago, which wait
    for `longest` at most."""
    due = [
        _waiting(attachment, sa.and_(UNJUDGED, HAS_FILES), now, longest).join(message),
        _waiting(draft_file, UNJUDGED_DRAFT, now, longest),
    ]
    both = sa.union_all(*due).subquery()
    order = (both.c.scan_again_at.is_not(None), both.c.scan_again_at, both.c.file_id)
    return connection.execute(sa.select(both.c.file_id, both.c.storage_name).order_by(*order).limit(limit)).all()


def _waiting(table: sa.Table, unjudged: sa.ColumnElement[bool], now: datetime, longest: timedelta) -> sa.Select[Any]:
    again = table.c.scan_again_at
    query = sa.select(table.c.file_id, table.c.storage_name, again)
    return query.where(unjudged, sa.or_(again.is_(None), come(again, now, longest)))


def record_scan(connection: Connection, file_id: UUID, verdict: Scan | None, *, again_at: datetime) -> None:
    """Write the verdict on a file; without one, when to ask again.

    On the draft's first: a file that is sent meanwhile keeps its id, and is found in the message then.
    """
    values = {"scan": verdict.value} if verdict else {"scan_again_at": again_at}
    for table in (draft_file, attachment):
        connection.execute(sa.update(table).where(table.c.file_id == file_id).values(**values))
