"""What the link to the former address of a change shows (T5)."""

from typing import Any

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.identity.domain.refusals import LinkDead
from services.identity.storage import identifiers


def change_to_undo(connection: Connection, *, token: str, clock: Clock) -> dict[str, Any]:
    """The two addresses of a change, and whether the new one is proved. Nothing is consumed. LinkDead (M3)."""
    found = identifiers.to_undo(connection, digest(token), clock.now())
    if found is None:
        raise LinkDead
    return {"email": found.old_email, "new_email": found.new_email, "proved": found.proved_at is not None}
