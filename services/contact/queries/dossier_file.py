"""One file behind the caisse's link."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import NotFound
from services.contact.domain.ports import Antivirus
from services.contact.domain.scan import require_servable
from services.contact.queries.frozen import shown_file
from services.contact.queries.live_dossier import live_dossier
from services.contact.storage.tables import attachment


def dossier_file(
    connection: Connection, *, token: str, file_id: UUID, clock: Clock, antivirus: Antivirus | None
) -> dict[str, Any]:
    """One file of the dossier: name, type and storage name.

    DeadLink; NotFound when it is not in this dossier; ScanWaited, FileInfected when it was not found clean.
    """
    row = live_dossier(connection, token, clock)
    one = connection.execute(
        sa.select(attachment).where(attachment.c.file_id == file_id, attachment.c.message_id == row.message_id)
    ).first()
    if one is None:
        raise NotFound
    found = shown_file(one, scanning=antivirus is not None)
    require_servable(found["scan"])
    return {**found, "storage_name": one.storage_name}
