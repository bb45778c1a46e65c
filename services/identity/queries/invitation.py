"""What the link of an invitation shows (G44)."""

from typing import Any

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.secrets import digest
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.invitation import FORGETFUL, accepts_by
from services.identity.domain.link import Purpose
from services.identity.domain.refusals import LinkDead
from services.identity.storage import codes, links


def invitation(connection: Connection, *, token: str, clock: Clock) -> dict[str, Any]:
    """What the page behind a link shows before anything is typed (G44), and whether that it was opened is to be noted
    (`unseen`). Nothing is consumed. LinkDead (M3)."""
    row = links.live(connection, Purpose.INVITATION, digest(token), clock.now())
    if row is None:
        raise LinkDead
    certified = codes.proved(connection, digest(token))
    words = {"accepts_by": accepts_by(Status(row.status)), "mobile_certified": certified}
    return {**row._mapping, **words, "unseen": row.opened_at is None and row.share != FORGETFUL}
