"""What proves the owner of an account: by its address, by its id, by its live session."""

from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import NotSignedIn
from backbone.secrets import digest
from services.identity.domain.address import fold
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import SessionDead
from services.identity.storage import accounts, sessions
from services.identity.storage.accounts import Credential


def credential(connection: Connection, *, email: str) -> Credential | None:
    """What proves the owner of `email`."""
    return accounts.credential(connection, fold(email))


def credential_of(connection: Connection, *, account_id: UUID) -> Credential:
    """What proves the owner of an account. NotSignedIn when it is gone."""
    found = accounts.credential_of(connection, account_id)
    if found is None:
        raise NotSignedIn
    return found


def holder(connection: Connection, *, secret: str, lifetimes: Lifetimes, clock: Clock) -> Credential:
    """What proves the owner of a live session. SessionDead."""
    row = sessions.live(connection, digest(secret), clock.now(), lifetimes)
    if row is None:
        raise SessionDead
    return Credential(accounts.account_of(row), row.password_hash)
