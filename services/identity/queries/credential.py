"""What proves the owner of an address."""

from sqlalchemy.engine import Connection

from services.identity.domain.address import fold
from services.identity.storage import accounts
from services.identity.storage.accounts import Credential


def credential(connection: Connection, *, email: str) -> Credential | None:
    """What proves the owner of `email`."""
    return accounts.credential(connection, fold(email))
