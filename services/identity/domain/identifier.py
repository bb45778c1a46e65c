"""Changing the address one logs in with (G75, T5, AA17, AA18): provisional until the new address is proved.

Meanwhile the account is disabled and keeps its address; the new one is wanted and belongs to nobody: who is invited
there, or proves it first, has it. The former address can undo the change for three days, whatever became of it: so
whoever knew a password has not won the account. Until then what is sent to an address that was left waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contracts.rules.addresses import plain_address
from contracts.rules.windows import DAY, HOUR, Window
from contracts.rules.written import moment
from services.identity.domain.account import Account
from services.identity.domain.address import fold
from services.identity.domain.link import acts
from services.identity.domain.refusals import AddressRefused, AddressUnchanged, ChangeStillOpen

PER_ACCOUNT = (Window(HOUR, 3),)
PER_MAILBOX = (Window(DAY, 3),)


class Ended(StrEnum):
    """How a change came to its end."""

    UNDONE = "undone"
    LAPSED = "lapsed"
    TAKEN = "taken"  # its address became somebody's; for its asker it lapses, as soon as his account is given back
    SETTLED = "settled"


@dataclass(frozen=True)
class Change:
    """A change: it waits for its proof, or was proved, or ended without one; it can be undone for its whole time."""

    change_id: UUID
    account_id: UUID
    old_email: str
    new_email: str
    requested_at: datetime
    activation_expires_at: datetime
    undo_expires_at: datetime
    proved_at: datetime | None
    contact: Mapping[str, str | None] | None = None  # what the account had then (`contact_before`)

    def can_be_proved(self, now: datetime) -> bool:
        """Whether the link sent to the new address acts."""
        return acts(self.activation_expires_at, now, ended=self.proved_at is not None)

    def can_be_undone(self, now: datetime) -> bool:
        """Whether the link sent to the former address acts."""
        return acts(self.undo_expires_at, now)


def new_address(text: str, account: Account) -> str:
    """The address in `text`, if it can become the one of `account`. AddressRefused, AddressUnchanged."""
    address = plain_address(text)
    if address is None:
        raise AddressRefused
    if fold(address) == account.email_key:
        raise AddressUnchanged
    return address


def ensure_none_open(change: Change | None) -> None:
    """One change at a time. ChangeStillOpen while the former address may undo the last one."""
    if change:
        raise ChangeStillOpen(moment(change.undo_expires_at))
