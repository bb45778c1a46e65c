"""What I was writing about an adhérent, and have not sent."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.contact.domain.ports import Antivirus
from services.contact.queries.frozen import shown_file
from services.contact.storage.drafts import files_of
from services.contact.storage.ended_drafts import current_id
from services.contact.storage.tables import draft


def my_draft(
    connection: Connection, account_id: UUID, adherent_id: UUID, *, antivirus: Antivirus | None
) -> dict[str, Any]:
    """Its id, its words, its files and until when it is kept; empty, and kept until no day, when there is none.

    One that expired is there until it is purged: who comes back to it in time keeps it.
    """
    # Before the rest: of a draft that ends at this moment the page has the id, and adds nothing to the next one.
    draft_id = current_id(connection, account_id, adherent_id)
    mine = sa.and_(draft.c.account_id == account_id, draft.c.adherent_id == adherent_id)
    row = connection.execute(sa.select(draft).where(mine)).first()
    if row is None:
        return {"draft_id": draft_id, "objet": "", "message": "", "files": [], "expires_at": None}
    files = [shown_file(one, scanning=antivirus is not None) for one in files_of(connection, account_id, adherent_id)]
    said = {"objet": row.objet, "message": row.message, "files": files, "expires_at": row.expires_at}
    return {"draft_id": draft_id, **said}
