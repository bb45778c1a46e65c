"""What proves the owner of a session, to prove it again (C8)."""

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import SessionDead
from services.identity.storage import accounts, sessions
from services.identity.storage.accounts import Credential


def holder(connection: Connection, *, secret: str, lifetimes: Lifetimes, clock: Clock) -> Credential:
    """What proves the owner of a live session. SessionDead."""
    row = sessions.live(connection, digest(secret), clock.now(), lifetimes)
    if row is None:
        raise SessionDead
    return Credential(accounts.account_of(row), row.password_hash)
