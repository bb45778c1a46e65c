"""Forgetting in time: sessions, links, codes and counters that nothing asks for any more, acts and browsers of a
year ago."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.domain.activity import KEPT as ACTIVITY_KEPT
from services.identity.domain.bank_proof import KEPT as PROOFS_KEPT
from services.identity.domain.familiar import KEPT as BROWSERS_KEPT
from services.identity.domain.identifier import Ended
from services.identity.domain.link import KEPT_DEAD
from services.identity.storage import activity, bank_proofs, browsers, counters, links, sms_hours
from services.identity.storage.tables import (
    identifier_changes,
    mobile_codes,
    refused_logins,
    renewal_requests,
    reset_requests,
    sessions,
)

SESSIONS_KEPT = timedelta(days=30)
SECRETS_KEPT = timedelta(days=2)
HITS_KEPT = timedelta(days=2)
SMS_HOURS_KEPT = timedelta(days=8)


def purge(connection: Connection, now: datetime) -> int:
    """Delete what is old; how many rows. Invitations stay: a dead link may still ask for a new one."""
    removed = counters.purge(connection, now - HITS_KEPT) + sms_hours.purge(connection, now - SMS_HOURS_KEPT)
    removed += activity.purge(connection, now - ACTIVITY_KEPT) + browsers.purge(connection, now - BROWSERS_KEPT)
    removed += bank_proofs.purge(connection, now - PROOFS_KEPT)
    for table, kept in (
        (sessions, SESSIONS_KEPT),
        (mobile_codes, SECRETS_KEPT),
    ):
        removed += connection.execute(sa.delete(table).where(table.c.expires_at < now - kept)).rowcount
    removed += sum(links.purge(connection, purpose, now - kept) for purpose, kept in KEPT_DEAD.items())
    for table, noted in ((reset_requests, "asked_at"), (renewal_requests, "asked_at"), (refused_logins, "refused_at")):
        tried = table.c[noted] < now - SECRETS_KEPT  # those that no try could answer
        removed += connection.execute(sa.delete(table).where(tried)).rowcount
    changes = identifier_changes.c
    # The link to the former address acts for its whole time, on a change that ended before too.
    dead = sa.and_(changes.ended_by != Ended.TAKEN, changes.undo_expires_at <= now)
    over = sa.and_(changes.ended_at < now - SECRETS_KEPT, dead)
    return removed + connection.execute(sa.delete(identifier_changes).where(over)).rowcount
