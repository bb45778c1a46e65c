"""How long a session lives (C7): idle 30 minutes, 8 hours in all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.identity.domain.lifetimes import Lifetimes


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
