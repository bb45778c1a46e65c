"""The messages I sent."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.contact.domain.ports import Antivirus
from services.contact.queries.frozen import frozen_messages, with_files
from services.contact.storage.tables import message


def my_messages(
    connection: Connection,
    *,
    account_id: UUID,
    page: int,
    page_size: int,
    antivirus: Antivirus | None,
    adherent: UUID | None = None,
) -> dict[str, Any]:
    """One page of the messages the account sent, about that adhérent if one is asked, the newest first, each with its
    files."""
    mine = message.c.account_id == account_id
    if adherent is not None:
        mine = sa.and_(mine, message.c.adherent_id == adherent)
    total = connection.execute(sa.select(sa.func.count()).select_from(message).where(mine)).scalar_one()
    newest = frozen_messages().where(mine).order_by(message.c.sent_at.desc(), message.c.message_id.desc())
    rows = connection.execute(newest.limit(page_size).offset((page - 1) * page_size)).all()
    items = with_files(connection, rows, scanning=antivirus is not None)
    return {"items": items, "total": total, "page": page, "page_size": page_size}
