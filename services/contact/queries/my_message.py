"""A message I sent."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.contact.domain.ports import Antivirus
from services.contact.queries.frozen import frozen_messages, with_files
from services.contact.storage.tables import message


def my_message(
    connection: Connection, *, account_id: UUID, message_id: UUID, antivirus: Antivirus | None
) -> dict[str, Any]:
    """One message of the account, as it was sent. NotFound when it is not his (AA22)."""
    row = connection.execute(
        frozen_messages().where(message.c.message_id == message_id, message.c.account_id == account_id)
    ).first()
    if row is None:
        raise NotFound
    return with_files(connection, [row], scanning=antivirus is not None)[0]
