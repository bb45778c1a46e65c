"""What is behind the caisse's link to the files of a message."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from services.contact.domain.ports import Antivirus
from services.contact.queries.frozen import shown_file
from services.contact.queries.live_dossier import live_dossier
from services.contact.storage.tables import attachment


def dossier(connection: Connection, *, token: str, clock: Clock, antivirus: Antivirus | None) -> dict[str, Any]:
    """Reference, objet and files behind the caisse's link. DeadLink."""
    row = live_dossier(connection, token, clock)
    found = connection.execute(
        sa.select(attachment).where(attachment.c.message_id == row.message_id).order_by(attachment.c.position)
    )
    files = [shown_file(one, scanning=antivirus is not None) for one in found]
    return {"reference": row.reference, "objet": row.objet, "files": files}
