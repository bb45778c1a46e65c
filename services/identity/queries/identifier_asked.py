"""Whether a change of address was asked for by a session, for a form that was sent twice (C3)."""

from sqlalchemy.engine import Connection

from backbone.secrets import digest
from services.identity.domain.address import fold
from services.identity.domain.refusals import SessionDead
from services.identity.storage import identifiers


def identifier_asked(connection: Connection, *, session: str, email: str) -> None:
    """Nothing, if that session asked for `email` as its identifiant, and ended by it: a form that is sent twice is told
    what the first one did (C3). SessionDead for every other session."""
    if not identifiers.asked_by(connection, digest(session), fold(email)):
        raise SessionDead
