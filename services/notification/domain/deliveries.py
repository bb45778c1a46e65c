"""The life of one delivery: à envoyer → en cours → envoyé, échec définitif or non confirmé (security 8.5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# An outage is nobody's fault and may end at any moment: look again soon. A refusal « for now » (4xx, a throttled
# provider) is asked to be left alone for longer, as greylisting wants.
LONGEST_WAIT_OUTAGE = timedelta(seconds=30)
LONGEST_WAIT_REFUSAL = timedelta(minutes=15)
LONGEST_WAIT = max(LONGEST_WAIT_OUTAGE, LONGEST_WAIT_REFUSAL)
REASON_LENGTH = 300


class Status(StrEnum):
    """Where a delivery stands. EN_COURS is a lease: it ends by a verdict, or by itself when the sender died."""

    A_ENVOYER = "a_envoyer"
    EN_COURS = "en_cours"
    ENVOYE = "envoye"
    ECHEC_DEFINITIF = "echec_definitif"
    UNCONFIRMED = "unconfirmed"


class Outcome(StrEnum):
    """What a channel says of one attempt. OVERDUE: somebody answered all the time, and never came to the end."""

    SENT = "sent"
    REFUSED_FOR_NOW = "refused_for_now"
    REFUSED = "refused"
    AWAY = "away"
    OVERDUE = "overdue"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Verdict:
    """The outcome of an attempt, and the reason an operator reads (never a secret)."""

    outcome: Outcome
    reason: str = ""

    @property
    def brief(self) -> str | None:
        """The reason on one bounded line, so that nothing a server answers can forge a line of log."""
        text = " ".join("".join(c if c.isprintable() else " " for c in self.reason).split())
        return text[:REASON_LENGTH] or None


@dataclass(frozen=True)
class Settled:
    """What is written on a delivery after an attempt."""

    status: Status
    next_attempt_at: datetime | None
    reason: str | None


def settle(verdict: Verdict, *, attempts: int, ordered_at: datetime, now: datetime, patience: timedelta) -> Settled:
    """The state after attempt number `attempts`. A temporary refusal becomes final when `patience` is used up (FA9)."""
    if verdict.outcome is Outcome.SENT:
        return Settled(Status.ENVOYE, None, None)
    if verdict.outcome is Outcome.REFUSED:
        return Settled(Status.ECHEC_DEFINITIF, None, verdict.brief)
    if verdict.outcome is Outcome.DOUBT:
        return Settled(Status.UNCONFIRMED, None, verdict.brief)
    if now - ordered_at >= patience:
        return Settled(Status.ECHEC_DEFINITIF, None, verdict.brief)
    return Settled(Status.A_ENVOYER, now + wait(verdict.outcome, attempts), verdict.brief)


def wait(outcome: Outcome, attempts: int) -> timedelta:
    """How long to leave it after `attempts` tries: 2, 4, 8 … seconds up to a limit."""
    limit = LONGEST_WAIT_OUTAGE if outcome in (Outcome.AWAY, Outcome.OVERDUE) else LONGEST_WAIT_REFUSAL
    return min(timedelta(seconds=2 ** min(attempts, 20)), limit)


def abandoned(*, repeatable: bool) -> Status:
    """The state of a delivery whose sender died between the sending and its record.

    A channel is repeatable when a second sending is recognised as the first (same Message-ID, same file name);
    otherwise nobody knows, and it is said rather than sent twice.
    """
    return Status.A_ENVOYER if repeatable else Status.UNCONFIRMED


def send_before(expires_at: datetime | None, margin: timedelta) -> datetime | None:
    """The last instant at which the message is still of use to its reader (FA10); None when it does not expire."""
    return None if expires_at is None else expires_at - margin
