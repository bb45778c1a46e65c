"""The adhérents, as delegation says them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from services.contact.storage.tables import adherent


def find_adherent(connection: Connection, adherent_id: UUID) -> Row[Any] | None:
    """The adhérent, as last announced."""
    return connection.execute(sa.select(adherent).where(adherent.c.adherent_id == adherent_id)).first()
