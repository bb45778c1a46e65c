"""Whether an account may ask for another address (G75), before a try of its password is spent on it."""

from uuid import UUID

from sqlalchemy.engine import Connection

from services.identity.domain.identifier import ensure_none_open, new_address
from services.identity.queries.credential_of import credential_of
from services.identity.storage import identifiers
from services.identity.storage.accounts import Credential


def wanted(connection: Connection, *, account_id: UUID, email: str) -> tuple[Credential, str]:
    """What proves the owner, and the address he wants: refused here, before a try of his password is spent on it."""
    found = credential_of(connection, account_id=account_id)
    address = new_address(email, found.account)
    ensure_none_open(identifiers.open_of(connection, account_id))
    return found, address
