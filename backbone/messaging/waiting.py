"""Events that came before what they need. The bus is done with them as with one that failed; they have not failed."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging import inbox
from backbone.messaging.inbox import Entry

LONGEST_PAUSE = timedelta(minutes=1)
PATIENCE = timedelta(hours=1)  # then somebody is told: what is missing will not come by itself


class NotYet(Exception):
    """Raised by a listener whose event came before what it needs: it waits."""


def wait(connection: Connection, entry: Entry, error: str, now: datetime, *, base: float) -> None:
    """Try `entry` again later, however often, with pauses that grow with the time it has waited (from `base` seconds);
    park it after `PATIENCE`. What counts its tries is left as it was: only those that began and did not end."""
    came = inbox.table().c.received_at
    since: datetime = connection.execute(sa.select(came).where(inbox.is_of(entry))).scalar_one()
    error = f"{inbox.FORCED}{error}" if entry.forced else error
    if now - since >= PATIENCE:
        inbox.keep(connection, entry, error, attempts=entry.attempts, parked_at=now)
        return
    pause = min(max(timedelta(seconds=base), (now - since) / 4), LONGEST_PAUSE)
    inbox.keep(connection, entry, error, attempts=entry.attempts, next_attempt_at=now + pause)
