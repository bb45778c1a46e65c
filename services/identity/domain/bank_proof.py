"""Whether a mobile number may prove who asks for new bank details (G78): certified, his for a while, not too long ago.

Who got at an account a moment ago and certified a number of his own waits as long as its owner has to notice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts.rules.written import moment
from services.identity.domain.account import Account
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import MobileNotCertified, MobileTooLongAgo, MobileTooRecent

KEPT = timedelta(days=366)  # a proof, for what may still end it


@dataclass(frozen=True)
class Standing:
    """From when until when the certified number of an account proves it; neither where none is certified."""

    usable_from: datetime | None = None
    usable_until: datetime | None = None

    def fresh(self, now: datetime) -> bool:
        """Whether the number was certified lately enough: else it may be certified again."""
        return self.usable_until is not None and now < self.usable_until


def standing(certified_at: datetime | None, again_at: datetime | None, lifetimes: Lifetimes) -> Standing:
    """Of a number that was certified first, for this account, and again, at these instants.

    What was certified again before another number was certified is no word about that one.
    """
    if certified_at is None:
        return Standing()
    last = max(certified_at, again_at) if again_at else certified_at
    return Standing(certified_at + lifetimes.mobile_settled, last + lifetimes.certification)


def standing_of(account: Account, lifetimes: Lifetimes) -> Standing:
    """The same of an account."""
    return standing(account.mobile_certified_at, account.mobile_recertified_at, lifetimes)


def usable_number(account: Account, now: datetime, lifetimes: Lifetimes) -> str:
    """The number that proves its owner now. MobileNotCertified, MobileTooRecent, MobileTooLongAgo."""
    stands = standing_of(account, lifetimes)
    if account.telephone_mobile is None or stands.usable_from is None:
        raise MobileNotCertified
    if now < stands.usable_from:
        raise MobileTooRecent(moment(stands.usable_from))
    if not stands.fresh(now):
        raise MobileTooLongAgo
    return account.telephone_mobile
