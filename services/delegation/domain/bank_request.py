"""What an administrator asks to give new bank details of his company (G78): where it stands at an instant.

It waits, so that the others can cancel it; then it opens the caisse's page to who asked, for a while. Nobody else is
let through by it, and nothing of it comes back once it is over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contracts.words.bank_details import BankState as State

LIVE = (State.WAITING, State.OPEN)


@dataclass(frozen=True)
class BankRequest:
    """One request. `delegation_id`: by which its author administered; `spoiled_at`: his account changed."""

    id: UUID
    adherent_id: UUID
    delegation_id: UUID
    account_id: UUID
    asked_at: datetime
    opens_at: datetime
    closes_at: datetime
    used_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: str | None = None
    spoiled_at: datetime | None = None
    spoiled_by: str | None = None

    def state_at(self, now: datetime, administers: bool) -> State:
        """Where it stands at `now`; `administers`: its author has administered without a break since he asked."""
        if self.cancelled_at:
            return State.CANCELLED
        if self.spoiled_at:
            return State.SPOILED
        if now >= self.closes_at:
            return State.LAPSED
        if not administers:
            return State.LOST
        return State.WAITING if now < self.opens_at else State.OPEN


def times(asked_at: datetime, delay: timedelta, lasts: timedelta) -> tuple[datetime, datetime, datetime]:
    """When it was asked, opens and closes."""
    return asked_at, asked_at + delay, asked_at + delay + lasts
