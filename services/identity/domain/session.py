"""How long a session lives (C7): idle 30 minutes, 8 hours in all; and the id that an act gives it."""

import hmac
from base64 import urlsafe_b64encode
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


def turned(former: str, act: UUID, now: datetime) -> tuple[str, str]:
    """The ids that the act with that key gives to the session of the id `former`: in this minute, in the one before.

    Computed, so that a form whose answer was lost finds the id that it gave, and nothing has to be kept (C3). Who
    knows the former id alone cannot: the key is 122 random bits of one page, and after two minutes nobody can.
    """
    minute = int(now.timestamp()) // 60
    this, last = (_turned(former, act, one) for one in (minute, minute - 1))
    return this, last


def _turned(former: str, act: UUID, minute: int) -> str:
    code = hmac.digest(former.encode("utf-8", "surrogatepass"), f"{act} {minute}".encode(), "sha256")
    return urlsafe_b64encode(code).rstrip(b"=").decode()
