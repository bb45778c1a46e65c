"""Messages as they were sent, with their files and what became of their consent."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.contact.domain import consent as consents
from services.contact.domain.scan import state
from services.contact.storage.tables import attachment, consent, message


def frozen_messages() -> sa.Select[Any]:
    """Each message, and when its consent was withdrawn."""
    taken_back = sa.and_(consent.c.message_id == message.c.message_id, consent.c.act == consents.Act.WITHDRAWN.value)
    return sa.select(message, consent.c.at.label("consent_withdrawn_at")).outerjoin(consent, taken_back)


def with_files(connection: Connection, rows: Sequence[Any], *, scanning: bool) -> list[dict[str, Any]]:
    """The messages of `rows`, each with its files and its version."""
    files: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    ids = [row.message_id for row in rows]
    query = sa.select(attachment).where(attachment.c.message_id.in_(ids)).order_by(attachment.c.position)
    for one in connection.execute(query) if ids else ():
        files[one.message_id].append(shown_file(one, scanning=scanning))
    return [
        {
            **row._mapping,
            "version": consents.version_of(row.consent_withdrawn_at is not None),
            "files": files[row.message_id],
        }
        for row in rows
    ]


def shown_file(row: Any, *, scanning: bool) -> dict[str, Any]:
    """A file as it is shown; `scanning`: an antivirus judges them."""
    kept = {"file_id": row.file_id, "name": row.name, "size": row.size, "type": row.type}
    return {**kept, "scan": state(row.scan, scanning=scanning)}
