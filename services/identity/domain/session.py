"""How long a session lives (C7): idle 30 minutes, 8 hours in all; and how fresh a password must be (C8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.identity.domain.lifetimes import Lifetimes

FRESH = timedelta(minutes=5)


@dataclass(frozen=True)
class Session:
    """A live session of an account, as a token needs it."""

    session_id: UUID
    account_id: UUID
    authenticated_at: datetime
    expires_at: datetime

    def token_expiry(self, now: datetime, lifetimes: Lifetimes) -> datetime:
        """A token never outlives its session."""
        return min(now + lifetimes.token, self.expires_at)


def is_fresh(authenticated_at: datetime | None, now: datetime) -> bool:
    """Whether the password was given at most five minutes ago (C8)."""
    return authenticated_at is not None and now - authenticated_at <= FRESH
