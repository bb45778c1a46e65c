"""What changes a delivery. A row is its own lock: every change says which state it starts from."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from backbone.ids import new_id
from backbone.store.database import CHUNK, insert
from backbone.store.due import astray, come
from services.notification.domain.deliveries import LONGEST_WAIT, Settled, Status
from services.notification.domain.kinds import Medium
from services.notification.storage.tables import SENDING, WAITING, delivery

# What is told of a delivery that ended.
Ended = Sequence[Row[Any]]
_ENDED = (delivery.c.context, delivery.c.status)
_EMPTY: dict[str, Any] = {"claim": None, "lease_until": None, "next_attempt_at": None}


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Order deliveries, many in one statement; the ids of those that are new.

    What was ordered before is left as it is: by the same event, or by another that tells the same fact.
    """
    statement = insert(connection, delivery).on_conflict_do_nothing().returning(delivery.c.delivery_id)
    chunks = (list(rows[at : at + CHUNK]) for at in range(0, len(rows), CHUNK))
    return [id for chunk in chunks for id in connection.execute(statement, chunk).scalars()]


def last_turns(connection: Connection, parties: Collection[str]) -> dict[str, int]:
    """The last turn of those of `parties` that have messages waiting."""
    found: dict[str, int] = {}
    ordered = sorted(parties)
    for at in range(0, len(ordered), CHUNK):
        some = (WAITING, delivery.c.party.in_(ordered[at : at + CHUNK]))
        query = sa.select(delivery.c.party, sa.func.max(delivery.c.turn)).where(*some).group_by(delivery.c.party)
        found.update((party, turn) for party, turn in connection.execute(query))
    return found


def claim(
    connection: Connection, medium: Medium, now: datetime, lease: timedelta, closed: Collection[str] = ()
) -> Row[Any] | None:
    """Take the most urgent delivery that is due, by its turn, for the length of `lease`; None when there is none.

    What goes to an address of the domains `closed` is passed over.

    Several senders never take the same row: the others skip it (PostgreSQL) or wait for the write lock (SQLite).
    """
    taken = {
        "status": Status.EN_COURS.value,
        "claim": new_id(),
        "lease_until": now + lease,
        "attempts": delivery.c.attempts + 1,
        "next_attempt_at": None,
    }
    first = most_urgent(medium, now, closed).scalar_subquery()
    statement = sa.update(delivery).where(delivery.c.delivery_id == first, WAITING).values(taken).returning(delivery)
    return connection.execute(statement).one_or_none()


def most_urgent(medium: Medium, now: datetime, closed: Collection[str] = ()) -> sa.Select[tuple[UUID]]:
    """The delivery to send next, locked against other senders."""
    elsewhere = (~sa.func.lower(delivery.c.recipient).endswith(f"@{one}", autoescape=True) for one in sorted(closed))
    of_use = sa.or_(delivery.c.send_before.is_(None), delivery.c.send_before > now)
    return (
        sa.select(delivery.c.delivery_id)
        .where(WAITING, delivery.c.medium == medium.value, come(delivery.c.next_attempt_at, now, LONGEST_WAIT), of_use)
        .where(*elsewhere)
        .order_by(delivery.c.urgency, delivery.c.turn, delivery.c.delivery_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def record(connection: Connection, delivery_id: UUID, claimed: UUID, settled: Settled, now: datetime) -> bool:
    """Write the result of an attempt, if the lease is still ours; whether it was."""
    values = {**_EMPTY, "status": settled.status.value, "reason": settled.reason}
    if settled.status is Status.A_ENVOYER:
        values["next_attempt_at"] = settled.next_attempt_at
    else:
        values |= {"finished_at": now, "sealed": None}
    ours = sa.and_(delivery.c.delivery_id == delivery_id, delivery.c.claim == claimed, SENDING)
    return connection.execute(sa.update(delivery).where(ours).values(values)).rowcount == 1


def release_abandoned(connection: Connection, medium: Medium, status: Status, reason: str, now: datetime) -> Ended:
    """End the leases that ran out: their sender died. Due again, or finished as `status` with its `reason`; which."""
    again = status is Status.A_ENVOYER
    values = {**_EMPTY, "status": status.value, "reason": reason}
    values |= {"next_attempt_at": now} if again else {"finished_at": now, "sealed": None}
    lost = sa.and_(SENDING, delivery.c.medium == medium.value, delivery.c.lease_until < now)
    return connection.execute(sa.update(delivery).where(lost).values(values).returning(*_ENDED)).all()


def shorten_leases(connection: Connection, medium: Medium, lease: timedelta, now: datetime) -> None:
    """A lease that ends later than any does was given by a clock that was wrong. Its sender may be alive: it is not
    ended, it gets the usual length from now."""
    astray_ones = sa.and_(SENDING, delivery.c.medium == medium.value, astray(delivery.c.lease_until, now, lease))
    connection.execute(sa.update(delivery).where(astray_ones).values(lease_until=now + lease))


def give_up_late(connection: Connection, reason: str, now: datetime) -> Ended:
    """Finish, unsent, what is no longer of use to anybody: an old code, a dead link (FA10); which."""
    values = {
        **_EMPTY,
        "status": Status.ECHEC_DEFINITIF.value,
        "reason": reason,
        "finished_at": now,
        "sealed": None,
    }
    late = sa.and_(WAITING, delivery.c.send_before <= now)
    return connection.execute(sa.update(delivery).where(late).values(values).returning(*_ENDED)).all()


def purge(connection: Connection, before: datetime) -> int:
    """Forget what was finished before `before` (ASVS 14.2.7)."""
    return connection.execute(sa.delete(delivery).where(delivery.c.finished_at < before)).rowcount
