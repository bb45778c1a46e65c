"""Links that invite a person (G40–G43): how he accepts, and how many links an address may receive.

One live link per delegation. A second adhérent's invitation is legitimate and never held back by the first; what is
bounded is the same adhérent's to the same address, and the whole flood to one mailbox. Over that bound nothing is lost:
the former link goes on living, and the new one leaves by itself as soon as it may.

Within an adhérent the company and each of those who delegate below it have a share of their own: what one asked for is
not to be read from what another may still ask for (K10). What somebody asks by « Mot de passe oublié ? », who may be a
stranger, is a link of the person's own beside theirs: it kills none of theirs, none of theirs kills it, it is counted
apart, nothing of it leaves later by itself (K1), and no company is told of it (decision 36).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from contracts.rules.windows import DAY, HOUR, Window, longest, wait
from contracts.words.statuses import AccountStatus as Status

PER_ADHERENT = (Window(HOUR, 3), Window(DAY, 10))
PER_FIRM = (Window(DAY, 10),)  # all shares below a company's together: one adhérent alone never fills a mailbox
PER_MAILBOX = (Window(DAY, 30),)
PER_FORGETFUL = PER_ADHERENT
COMPANY, FORGETFUL = "", "oubli"
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
    share: str = COMPANY


class AcceptsBy(StrEnum):
    """What the reader of the mailbox does to accept: fill the form, log in, or use the link if he cannot log in yet."""

    FORM = "formulaire"
    LOGIN = "connexion"
    LINK = "lien"


def accepts_by(status: Status) -> AcceptsBy:
    """How the owner of an account of this status accepts what is sent to its address (T1)."""
    return {Status.INVITE: AcceptsBy.FORM, Status.COMPLETE: AcceptsBy.LINK}.get(status, AcceptsBy.LOGIN)


def share_of(parent_id: UUID | None) -> str:
    """Whose share a delegation is invited from: the company's, or that of the delegation it was made under."""
    return str(parent_id) if parent_id else COMPANY


def pause(account_id: UUID, adherent_id: UUID, sent: Sequence[Sent], now: datetime, share: str = COMPANY) -> timedelta:
    """How long until one more link may go to this address out of this share of the adhérent; zero when it may now."""
    mailbox = [one for one in sent if one.account_id == account_id and one.share != FORGETFUL]
    theirs = [one for one in mailbox if one.adherent_id == adherent_id]
    same = [one.at for one in theirs if one.share == share]
    below = [one.at for one in theirs if COMPANY not in (one.share, share)]
    return max(
        wait(PER_MAILBOX, [one.at for one in mailbox], now), wait(PER_ADHERENT, same, now), wait(PER_FIRM, below, now)
    )


def own_pause(account_id: UUID, sent: Sequence[Sent], now: datetime) -> timedelta:
    """How long until the person may be sent one more link of his own; zero when he may now."""
    own = [one.at for one in sent if one.account_id == account_id and one.share == FORGETFUL]
    return wait(PER_FORGETFUL, own, now)


def renewable(ended_by: str | None, share: str) -> bool:
    """Whether the holder of a dead link may have it made anew. A person's own outlives the delegation that it was made
    for: others may have invited him."""
    return ended_by in (None, Ended.SUPERSEDED) or (share == FORGETFUL and ended_by == Ended.CLOSED)
