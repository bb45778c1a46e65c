"""The message that a link of the caisse is about."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.contact.domain.refusals import DeadLink
from services.contact.storage.consents import withdrawn
from services.contact.storage.tables import message


def live_dossier(connection: Connection, token: str, clock: Clock) -> Any:
    """The message behind `token`, while its link lives. DeadLink."""
    live = sa.and_(
        message.c.dossier_digest == digest(token),
        message.c.dossier_expires_at > clock.now(),
        message.c.files_purged_at.is_(None),
        ~withdrawn(message.c.message_id),
    )
    row = connection.execute(sa.select(message.c.message_id, message.c.reference, message.c.objet).where(live)).first()
    if row is None:
        raise DeadLink
    return row
