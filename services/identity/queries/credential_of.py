"""What proves the owner of an account."""

from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.errors import NotSignedIn
from services.identity.storage import accounts
from services.identity.storage.accounts import Credential


def credential_of(connection: Connection, *, account_id: UUID) -> Credential:
    """What proves the owner of an account. NotSignedIn when it is gone."""
    found = accounts.credential_of(connection, account_id)
    if found is None:
        raise NotSignedIn
    return found
