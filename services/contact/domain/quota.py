"""How much one account may send, so that nobody fills the store or the caisse's mailbox (ASVS 5.2.4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backbone.errors import retry_after
from services.contact.domain.refusals import QuotaReached

WINDOW = timedelta(hours=24)


@dataclass(frozen=True)
class Quota:
    """Most messages and bytes of files in 24 hours."""

    messages: int
    bytes: int

    def check(self, *, sent: int, stored: int, added: int, oldest: datetime | None, now: datetime) -> None:
        """QuotaReached, with the seconds until the oldest message of the window leaves it."""
        if sent < self.messages and stored + added <= self.bytes:
            return
        wait = (oldest + WINDOW - now) if oldest else WINDOW
        raise QuotaReached(headers=retry_after(wait))
