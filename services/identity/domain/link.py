"""The links that mails carry, one rule for all of them (C2, C4, M3).

A link is a token of 256 random bits, of which the digest alone is kept. It acts until its time is over, once; the next
one for the same takes its place. What killed one (used, expired, replaced, never ours) is told to nobody: every dead
link answers `LinkDead`, in the same words. Its holder may ask for another one where that is of use (`RENEWABLE`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.identity.domain.lifetimes import Lifetimes


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"
    IDENTIFIER = "identifier"  # to the new address of a change: it proves it
    UNDO = "undo"  # to its former one
    CERTIFICATION = "certification"

    def lifetime(self, lifetimes: Lifetimes) -> timedelta:
        """How long such a link acts."""
        return {
            Purpose.INVITATION: lifetimes.invitation,
            Purpose.RESET: lifetimes.reset,
            Purpose.IDENTIFIER: lifetimes.identifier,
            Purpose.UNDO: lifetimes.identifier_undo,
            Purpose.CERTIFICATION: lifetimes.certification_link,
        }[self]

    @property
    def noted(self) -> str:
        """Its word in the security log: both links of a change have one."""
        return str(Purpose.IDENTIFIER if self is Purpose.UNDO else self)


RENEWABLE = (Purpose.INVITATION, Purpose.CERTIFICATION)

# How long the row of a dead one stays. One that invited stays for good, those of a change go with the change.
KEPT_DEAD: Mapping[Purpose, timedelta] = {
    Purpose.RESET: timedelta(days=2),
    Purpose.CERTIFICATION: timedelta(days=365),  # it may still ask for a new one
}


def acts(until: datetime, now: datetime, *, ended: bool = False) -> bool:
    """Whether a link acts at `now`: neither used nor replaced, and its time not over. At `until` it is."""
    return not ended and now < until


@dataclass(frozen=True)
class UseLink:
    """The token of a link, used by its reader."""

    token: str

    def __repr__(self) -> str:
        return "UseLink(***)"
