"""What became of a link, for its owner alone."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import NotFound
from backbone.secrets import digest
from services.identity.domain.fate import fate
from services.identity.domain.link import Purpose
from services.identity.storage import links


def link_fate(connection: Connection, *, account_id: UUID, purpose: str, token: str, clock: Clock) -> dict[str, Any]:
    """{state, at}. NotFound for a link of nobody, of somebody else, or whose end is not told: all alike."""
    past = links.past(connection, Purpose(purpose), digest(token), account_id)
    told = fate(Purpose(purpose), past, clock.now()) if past else None
    if told is None:
        raise NotFound
    return {"state": told[0], "at": told[1]}
