"""What the owner of an account watches of it, as `identity` answers it: his sessions, what was done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class LiveSession:
    """One of the person's sessions; `session_id` names it and opens nothing. From where, as far as it is known."""

    session_id: UUID
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool
    browser: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class PastAct:
    """What was done with the account, or refused: a word of `contracts/words/acts`; from where, as far as known."""

    act: str
    at: datetime
    browser: str | None
    address: str | None


@dataclass(frozen=True)
class LinkFate:
    """What became of a link of the person: a word of `contracts/words/links`, and when, or until when it acts."""

    state: str
    at: datetime


@dataclass(frozen=True)
class Activity:
    """The newest first; `next`: the key of what follows, None at the end."""

    items: list[PastAct]
    next: UUID | None
