"""What became of a link, for its owner, who is logged in with the account that it is of (docs/decisions/0048).

What ended otherwise (its delegation is over, its change was undone or its address became somebody's, the password was
replaced another way) is not told: M3 then, as for a stranger.
"""

from dataclasses import dataclass
from datetime import datetime

from contracts.words.links import LinkState
from services.identity.domain.identifier import Ended as ChangeEnded
from services.identity.domain.invitation import Ended
from services.identity.domain.link import Purpose, acts

RAN_OUT = (None, ChangeEnded.LAPSED, ChangeEnded.SETTLED)


@dataclass(frozen=True)
class Past:
    """A link as it is kept. `proved_at`: of a change of address, when its new one was proved."""

    until: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    proved_at: datetime | None = None


def fate(purpose: Purpose, past: Past, now: datetime) -> tuple[LinkState, datetime] | None:
    """What became of it and when, or until when it acts; None for what its owner is not told either."""
    used_at = _used_at(purpose, past)
    if used_at:
        return LinkState.USED, used_at
    if past.ended_at and past.ended_by == Ended.SUPERSEDED:
        return LinkState.REPLACED, past.ended_at
    lives_on = purpose is Purpose.UNDO and past.ended_by == ChangeEnded.TAKEN
    if not lives_on and (past.ended_by not in RAN_OUT or (past.ended_at and past.ended_by is None)):
        return None
    if acts(past.until, now):
        return LinkState.VALID, past.until
    return LinkState.EXPIRED, past.until


def _used_at(purpose: Purpose, past: Past) -> datetime | None:
    if purpose is Purpose.IDENTIFIER:
        return past.proved_at
    undone = purpose is Purpose.UNDO and past.ended_by == ChangeEnded.UNDONE
    return past.ended_at if undone or past.ended_by == Ended.USED else None
