"""What the link that replaces a password shows (G57)."""

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.identity.domain.link import Purpose
from services.identity.domain.refusals import LinkDead
from services.identity.storage import links


def reset(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """Whose password the link replaces. Nothing is consumed. LinkDead (M3)."""
    row = links.live(connection, Purpose.RESET, digest(token), clock.now())
    if row is None:
        raise LinkDead
    return {"email": row.email}
