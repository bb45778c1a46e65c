"""A projection knows its age: what an owner says of itself, and what is heard of it (docs/decisions/0017)."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.events.envelope import Unacceptable
from backbone.messaging import inbox, outbox
from backbone.messaging.listening import Listening
from backbone.rights.authority import Authority, ages, attest, believed
from backbone.testing import ServiceUnderTest
from contracts.events.authority import IDENTITY_ALIVE
from contracts.events.identity import SESSION_REVOKED
from tests.service.backbone.sample import ALIVE, NOTED

SECOND = timedelta(seconds=1)
NOTES = Authority(ALIVE, (NOTED.type,), path="/v1/notes", take=lambda *_: None)
SESSIONS = Authority(IDENTITY_ALIVE, (SESSION_REVOKED.type,), path="/v1/account", take=lambda *_: None)


def beat(under: ServiceUnderTest) -> None:
    attest(units=under.unit, authority=NOTES)


def said(under: ServiceUnderTest) -> list[Any]:
    """Up to when the unsent signs of life speak."""
    return [event.data["as_of"] for event in under.recorded() if event.type == ALIVE.type]


def note(under: ServiceUnderTest) -> None:
    with under.unit() as uow:
        uow.record(NOTED, sequence=1, data=NOTED.load(NOTED.example))
        uow.commit()


def age(under: ServiceUnderTest, authority: Authority = SESSIONS) -> float:
    with under.engine.connect() as connection, connection.begin():
        return ages(connection, [authority], under.clock.now())[authority.owner]


def marks(under: ServiceUnderTest) -> int:
    with under.engine.connect() as connection, connection.begin():
        counted = sa.select(sa.func.count()).where(inbox.table().c.type == IDENTITY_ALIVE.type)
        return connection.execute(counted).scalar_one()


def alive(under: ServiceUnderTest, ago: float = 0) -> None:
    as_of = under.clock.now() - timedelta(seconds=ago)
    under.deliver(IDENTITY_ALIVE, {"owner": "identity", "as_of": as_of}, twice=False)


def test_all_that_was_committed_is_said_when_nothing_waits(under: ServiceUnderTest, clock: FixedClock) -> None:
    beat(under)
    assert said(under) == [clock.now()]


def test_what_is_not_confirmed_holds_the_time_back_in_whatever_order_it_leaves(
    under: ServiceUnderTest, clock: FixedClock
) -> None:
    note(under)
    before = clock.now()
    clock.advance(60 * SECOND)
    beat(under)
    with under.engine.begin() as connection:  # a relay may send the second before the first
        (one,) = [row for row in outbox.take(connection, 10, clock.now()) if row.type == ALIVE.type]
        outbox.remove(connection, [one.position])
    beat(under)
    assert said(under) == [before]


def test_signs_of_life_do_not_heap_up_while_the_bus_is_away(under: ServiceUnderTest, clock: FixedClock) -> None:
    for _ in range(5):
        beat(under)
        clock.advance(10 * SECOND)
    assert said(under) == [clock.now() - 10 * SECOND]


def test_nothing_heard_is_not_young(under: ServiceUnderTest) -> None:
    assert age(under) == float("inf")


def test_the_age_is_counted_from_what_the_owner_said(under: ServiceUnderTest, clock: FixedClock) -> None:
    alive(under, ago=12)
    clock.advance(30 * SECOND)
    assert age(under) == 42


def test_an_older_sign_of_life_makes_nobody_older(under: ServiceUnderTest) -> None:
    alive(under, ago=1)
    alive(under, ago=30)
    assert age(under) == 1


def test_signs_of_life_leave_one_mark_in_the_inbox(under: ServiceUnderTest, clock: FixedClock) -> None:
    for ago in (5, 4, 8, 3):
        alive(under, ago)
    deliveries = [under.delivery(IDENTITY_ALIVE, IDENTITY_ALIVE.load(IDENTITY_ALIVE.example)) for _ in range(3)]
    under.take(deliveries)
    assert marks(under) == 1 and age(under) == 0


def test_a_decision_that_waits_or_is_parked_is_a_hole(under: ServiceUnderTest) -> None:
    alive(under)
    broken = under.delivery(SESSION_REVOKED, SESSION_REVOKED.load(SESSION_REVOKED.example))
    under.take([broken._replace(body=b'{"session_id": "?"}')])
    assert age(under) == float("inf")


def test_a_forged_decision_is_no_hole(under: ServiceUnderTest) -> None:
    alive(under)
    forged = under.delivery(SESSION_REVOKED, SESSION_REVOKED.load(SESSION_REVOKED.example))
    with under.unit() as uow:
        listening = Listening(under.service.registry, under.service.listens, under.service.wiring, accounts=True)
        read = listening.read(forged._replace(user_id="intruder"))
        assert isinstance(read[1], Unacceptable)
        assert listening.apply([read], uow).parked == 1
        uow.commit()
    assert age(under) == 0


def test_a_clock_that_is_far_ahead_is_not_believed() -> None:
    assert believed(-4, 45) and believed(45, 45)
    assert not believed(-6, 45) and not believed(45.1, 45) and not believed(float("inf"), 45)
