"""Links that invite a person to complete an account (G40–G43): who gets one, and how many an address may receive.

One live link per delegation. A second adhérent's invitation is legitimate and never held back by the first; what is
bounded is the same adhérent's to the same address, and the whole flood to one mailbox. Over that bound nothing is lost:
the former link goes on living, and the new one leaves by itself as soon as it may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from services.identity.domain.limits import DAY, HOUR, Window, longest, wait

PER_ADHERENT = (Window(HOUR, 3), Window(DAY, 10))
PER_MAILBOX = (Window(DAY, 30),)
REMEMBERED = longest((*PER_ADHERENT, *PER_MAILBOX))


class Ended(StrEnum):
    """What killed a link."""

    USED = "used"
    SUPERSEDED = "superseded"
    CLOSED = "closed"


class Awaited(StrEnum):
    """Where a delegation stands, seen from identity."""

    PENDING = "pending"
    IDENTIFIED = "identified"
    CONFIRMED = "confirmed"
    OVER = "over"


@dataclass(frozen=True)
class Sent:
    """A link that was made for an address."""

    account_id: UUID
    adherent_id: UUID
    at: datetime


class WaitsFor(StrEnum):
    """Why the next link does not leave yet: too many went to that mailbox, or somebody left it and may take it back."""

    LIMITE = "limite"
    ADRESSE_RETENUE = "adresse_retenue"


def pause(account_id: UUID, adherent_id: UUID, sent: Sequence[Sent], now: datetime) -> timedelta:
    """How long until one more link may go to this address for this adhérent; zero when it may now."""
    mailbox = [one.at for one in sent if one.account_id == account_id]
    same = [one.at for one in sent if (one.account_id, one.adherent_id) == (account_id, adherent_id)]
    return max(wait(PER_MAILBOX, mailbox, now), wait(PER_ADHERENT, same, now))


RENEWABLE = (None, Ended.SUPERSEDED)
