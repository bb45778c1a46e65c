"""What the link that certifies an address again shows (G54)."""

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from services.identity.domain.link import Purpose
from services.identity.domain.refusals import LinkDead
from services.identity.storage import links


def address_to_certify(connection: Connection, *, token: str, clock: Clock) -> dict[str, str]:
    """The address that the link certifies again. Nothing is consumed. LinkDead (M3)."""
    row = links.live(connection, Purpose.CERTIFICATION, digest(token), clock.now())
    if row is None:
        raise LinkDead
    return {"email": row.email}
