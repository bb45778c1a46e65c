"""What is asked of a change of address (G75, T5): can it begin, what does each of its links show."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.identity.domain.address import fold
from services.identity.domain.identifier import ensure_none_open, new_address
from services.identity.domain.refusals import LinkDead, SessionDead
from services.identity.queries.credentials import credential_of
from services.identity.storage import identifiers
from services.identity.storage.accounts import Credential


def wanted(connection: Connection, *, account_id: UUID, email: str) -> tuple[Credential, str]:
    """What proves the owner, and the address he wants: refused here, before a try of his password is spent on it."""
    found = credential_of(connection, account_id=account_id)
    address = new_address(email, found.account)
    ensure_none_open(identifiers.open_of(connection, account_id))
    return found, address


def address_to_prove(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """The new address behind a link, and nothing of whose it becomes: a mistyped one has a stranger for a reader.

    Nothing is consumed. LinkDead (M3).
    """
    found = identifiers.to_prove(connection, digest(token), clock.now())
    if found is None:
        raise LinkDead
    return {"email": found.new_email}


def identifier_asked(connection: Connection, *, session: str, email: str) -> None:
    """Nothing, if that session asked for `email` as its identifiant, and ended by it: a form that is sent twice is told
    what the first one did (C3). SessionDead for every other session."""
    if not identifiers.asked_by(connection, digest(session), fold(email)):
        raise SessionDead


def change_to_undo(connection: Connection, *, token: str, clock: Clock) -> dict[str, Any]:
    """The two addresses of a change, and whether the new one is proved. Nothing is consumed. LinkDead (M3)."""
    found = identifiers.to_undo(connection, digest(token), clock.now())
    if found is None:
        raise LinkDead
    return {"email": found.old_email, "new_email": found.new_email, "proved": found.proved_at is not None}
