"""What the link to the new address of a change shows (G75)."""

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.identity.domain.refusals import LinkDead
from services.identity.storage import identifiers


def address_to_prove(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """The new address behind a link, and nothing of whose it becomes: a mistyped one has a stranger for a reader.

    Nothing is consumed. LinkDead (M3).
    """
    found = identifiers.to_prove(connection, digest(token), clock.now())
    if found is None:
        raise LinkDead
    return {"email": found.new_email}
