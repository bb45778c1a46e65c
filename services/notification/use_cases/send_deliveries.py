"""Send the messages that are due, one at a time over one connection, the most urgent first.

Several senders of one process may do so at once, each over its own connection; `Lanes` says what they leave to others.
Each message is claimed just before it is sent and recorded just after, in one transaction with the next claim. So a
process that dies leaves one message in doubt, not a batch, and a code overtakes the bulk that waits (FA8–FA11).
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, NewType, Protocol

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.domain.deliveries import Outcome, Verdict, abandoned, settle
from services.notification.domain.kinds import Medium
from services.notification.domain.lanes import Lanes
from services.notification.domain.orders import WAKE
from services.notification.steps.announce_invitations import announce_invitations
from services.notification.storage import deliveries

log = logging.getLogger(__name__)

# Longer than the longest attempt of any channel: a live sender never loses its lease.
LEASE = timedelta(minutes=2)
# A run ends after this many messages or this long, so that a process that is told to stop stops; it wakes itself again.
MOST = 500
LONGEST = timedelta(seconds=5)
LATE = "trop tard : le lien ou le code n'est plus valable"
ABANDONED = "l'envoi a été interrompu avant d'être constaté"


class Session(Protocol):
    """An open way out."""

    def send(self, message: Any, /) -> Verdict:
        """Send one message and say what became of it."""


class Channel(Protocol):
    """A way out."""

    repeatable: bool

    def session(self) -> AbstractContextManager[Session]:
        """Open it for as many messages as there are."""


class Writer(Protocol):
    """Who turns a delivery's row into the message."""

    def write(self, row: Any) -> Any | Verdict:
        """The message, or the verdict that it cannot be written."""


@dataclass(frozen=True)
class Post:
    """What sending on one medium needs."""

    medium: Medium
    channel: Channel
    writer: Writer
    patience: timedelta
    lanes: Lanes = field(default_factory=Lanes)


EmailPost = NewType("EmailPost", Post)
SmsPost = NewType("SmsPost", Post)


def send_deliveries(post: Post, *, units: Callable[[], UnitOfWork], clock: Clock) -> int:
    """Send what is due on `post.medium`; how many left. Ends early when the way out is closed."""
    started, sent, done, away = clock.now(), 0, 0, False
    _tidy(post, units)
    with post.channel.session() as session:
        row = _claim(post, units)
        while row is not None:
            verdict = _attempt(post, session, row)
            sent, done = sent + (verdict.outcome is Outcome.SENT), done + 1
            away = verdict.outcome is Outcome.AWAY
            enough = done >= MOST or clock.now() - started >= LONGEST
            row = _record(post, units, row, verdict, go_on=not (away or enough), again=enough and not away)
    return sent


def _tidy(post: Post, units: Callable[[], UnitOfWork]) -> None:
    with units() as uow:
        late = deliveries.give_up_late(uow.connection, LATE, uow.now)
        status = abandoned(repeatable=post.channel.repeatable)
        deliveries.shorten_leases(uow.connection, post.medium, LEASE, uow.now)
        lost = deliveries.release_abandoned(uow.connection, post.medium, status, ABANDONED, uow.now)
        announce_invitations([*late, *lost], uow=uow)
        uow.commit()
    if late or lost:
        log.warning("deliveries given up or released", extra={"late": len(late), "abandoned": len(lost)})


def _claim(post: Post, units: Callable[[], UnitOfWork]) -> Any | None:
    with post.lanes.claiming() as closed:
        with units() as uow:
            row = deliveries.claim(uow.connection, post.medium, uow.now, LEASE, closed)
            uow.commit()
        if row is not None:
            post.lanes.enter(row.recipient)
    return row


def _attempt(post: Post, session: Session, row: Any) -> Verdict:
    overdue = False
    try:
        verdict = _send(post, session, row)
        overdue = verdict.outcome is Outcome.OVERDUE
        return verdict
    finally:
        post.lanes.leave(row.recipient, overdue=overdue)


def _send(post: Post, session: Session, row: Any) -> Verdict:
    try:
        written = post.writer.write(row)
        return written if isinstance(written, Verdict) else session.send(written)
    except Exception as error:  # a fault of ours holds this message alone, and for as long as patience lasts
        # The kind of the error alone: its words may quote what was to be said.
        log.error("delivery failed", extra={"delivery_id": str(row.delivery_id), "error": type(error).__name__})
        outcome = Outcome.REFUSED_FOR_NOW if post.channel.repeatable else Outcome.DOUBT
        return Verdict(outcome, f"erreur interne ({type(error).__name__})")


def _record(
    post: Post, units: Callable[[], UnitOfWork], row: Any, verdict: Verdict, *, go_on: bool, again: bool
) -> Any | None:
    """Record what became of `row` and claim the next one, together."""
    with post.lanes.claiming() as closed:
        with units() as uow:
            settled = _settle(post, row, verdict, uow.now)
            kept = deliveries.record(uow.connection, row.delivery_id, row.claim, settled, uow.now)
            if kept:
                announce_invitations([SimpleNamespace(context=row.context, status=settled.status)], uow=uow)
            following = deliveries.claim(uow.connection, post.medium, uow.now, LEASE, closed) if go_on else None
            if again:
                uow.wake(WAKE)
            uow.commit()
        if following is not None:
            post.lanes.enter(following.recipient)
    level = logging.INFO if verdict.outcome is Outcome.SENT else logging.WARNING
    about = {"delivery_id": str(row.delivery_id), "template": row.template, "status": settled.status.value}
    log.log(level, "delivery", extra={**about, "attempts": row.attempts, "reason": settled.reason, "kept": kept})
    return following


def _settle(post: Post, row: Any, verdict: Verdict, now: datetime) -> Any:
    return settle(verdict, attempts=row.attempts, ordered_at=row.ordered_at, now=now, patience=post.patience)
