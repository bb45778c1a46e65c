"""The ledger of consents: nothing in it is ever changed."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.contact.domain.consent import Act
from services.contact.storage.tables import consent


def own_consent(connection: Connection, message_id: UUID, *, actor: UUID) -> tuple[str, datetime | None] | None:
    """The text `actor` consented to for his message, and when he withdrew it; None when the message is not his."""
    his = sa.and_(consent.c.message_id == message_id, consent.c.account_id == actor)
    rows = connection.execute(sa.select(consent.c.act, consent.c.version, consent.c.at).where(his)).all()
    ledger = {row.act: row for row in rows}
    given, back = ledger.get(Act.GIVEN.value), ledger.get(Act.WITHDRAWN.value)
    return (given.version, back.at if back else None) if given else None


def add_withdrawal(connection: Connection, message_id: UUID, version: str, now: datetime, *, actor: UUID) -> bool:
    """Write that `actor` withdrew his consent; False, and nothing written, if that was done at the same time."""
    row = {"message_id": message_id, "act": Act.WITHDRAWN.value, "account_id": actor, "version": version, "at": now}
    once = insert(connection, consent).values(row).on_conflict_do_nothing().returning(consent.c.act)
    return connection.execute(once).first() is not None


def withdrawn(message_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Whether the consent for a message was withdrawn."""
    return sa.exists().where(consent.c.message_id == message_id, consent.c.act == Act.WITHDRAWN.value)
