"""The adhérents, as delegation says them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from backbone.messaging.projections import Projection
from contracts.events.stated import ADHERENT_STATED
from services.contact.storage.tables import adherent

ADHERENTS = Projection("delegation", "adherents", adherent, "adherent_id", stated=ADHERENT_STATED.type)


def find_adherent(connection: Connection, adherent_id: UUID) -> Row[Any] | None:
    """The adhérent, as last announced."""
    return connection.execute(sa.select(adherent).where(adherent.c.adherent_id == adherent_id)).first()
