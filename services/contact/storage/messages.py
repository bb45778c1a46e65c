"""The messages, frozen as they were sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.contact.domain.consent import Act
from services.contact.domain.quota import WINDOW
from services.contact.storage.consents import withdrawn
from services.contact.storage.tables import HAS_FILES, attachment, consent, message


@dataclass(frozen=True)
class Sent:
    """What an account sent in the last 24 hours."""

    messages: int
    bytes: int
    oldest: datetime | None


def sent_lately(connection: Connection, account_id: UUID, now: datetime) -> Sent:
    """What `account_id` sent in the window of the quota."""
    counted = sa.select(
        sa.func.count(), sa.func.coalesce(sa.func.sum(message.c.bytes), 0), sa.func.min(message.c.sent_at)
    ).where(message.c.account_id == account_id, message.c.sent_at > now - WINDOW)
    messages, size, oldest = connection.execute(counted).one()
    return Sent(int(messages), int(size), oldest)


def add_message(
    connection: Connection, row: Mapping[str, Any], files: Sequence[Mapping[str, Any]], *, actor: UUID, version: str
) -> None:
    """Write a message of `actor`, its files and his consent to the text `version`."""
    connection.execute(sa.insert(message).values(**row, account_id=actor))
    if files:
        connection.execute(sa.insert(attachment), [dict(one) for one in files])
    given = {"message_id": row["message_id"], "act": Act.GIVEN.value, "version": version}
    connection.execute(sa.insert(consent).values(**given, account_id=actor, at=row["sent_at"]))


def find_message(connection: Connection, message_id: UUID) -> tuple[Any, list[dict[str, Any]]]:
    """A message that there is, and the name and size of each of its files."""
    row = connection.execute(sa.select(message).where(message.c.message_id == message_id)).one()
    named = sa.select(attachment.c.name, attachment.c.size).where(attachment.c.message_id == message_id)
    files = connection.execute(named.order_by(attachment.c.position)).mappings()
    return row, [dict(one) for one in files]


def take_purgeable(connection: Connection, now: datetime, limit: int) -> list[str]:
    """Mark messages whose files nobody can reach any more; the storage names of those files, to be deleted."""
    closed = sa.or_(message.c.dossier_expires_at <= now, withdrawn(message.c.message_id))
    ids = list(connection.execute(sa.select(message.c.message_id).where(HAS_FILES, closed).limit(limit)).scalars())
    if not ids:
        return []
    connection.execute(sa.update(message).where(message.c.message_id.in_(ids)).values(files_purged_at=now))
    return list(
        connection.execute(sa.select(attachment.c.storage_name).where(attachment.c.message_id.in_(ids))).scalars()
    )
