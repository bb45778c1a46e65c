"""What each change makes of an alert, and whose care holds how long."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contracts.words.alerts import AlertChange as Change
from contracts.words.alerts import AlertStatus as Status
from services.dsn.domain.alert import Alert, raised
from services.dsn.domain.alerts import Transition
from services.dsn.domain.messages import Kind
from services.dsn.domain.refusals import AlertTaken, NotTaken, NotToTake
from tests.unit.dsn.facts import OCTOBER, PATIENCE, at

ID, SITE = UUID(int=1), UUID(int=2)
ME, OTHER = UUID(int=3), UUID(int=4)
NOW = at("2026-11-24T12:00")
DAY = timedelta(days=1)


def to(change: Change, status: Status, resolution: str | None = None) -> Transition:
    """A transition of the alert."""
    return Transition((OCTOBER, Kind.TO_RECTIFY), change, status, "CORRECTIONS", "R13", resolution)


def opened() -> Alert:
    """An alert raised now."""
    return raised(ID, SITE, to(Change.RAISED, Status.OPEN), NOW)


def over(alert: Alert, now: datetime) -> Alert:
    """It, accepted."""
    return alert.after(to(Change.RESOLVED, Status.RESOLVED, "ACCEPTED"), now, PATIENCE)


def again(alert: Alert, now: datetime) -> Alert:
    """It, open again."""
    return alert.after(to(Change.REOPENED, Status.OPEN), now, PATIENCE)


def test_each_change_is_a_version_and_the_end_has_its_instant():
    ended = over(opened(), NOW + DAY)
    assert (ended.version, ended.ended_at, ended.resolution, ended.alive) == (2, NOW + DAY, "ACCEPTED", False)
    back = again(ended, NOW + 3 * DAY)
    assert (back.version, back.ended_at, back.resolution, back.reopened_count) == (3, None, None, 1)


@pytest.mark.parametrize(
    ("waited", "since"),
    [
        (DAY - timedelta(microseconds=1), NOW),
        (DAY, NOW + 2 * DAY),
    ],
)
def test_what_opens_again_within_a_day_goes_on_with_its_former_opening(waited, since):
    ended = over(opened(), NOW + DAY)
    assert again(ended, NOW + DAY + waited).opened_at == since


def test_who_takes_care_holds_it_for_fifteen_days_of_paris_and_not_an_instant_more():
    held = opened().taken_by(ME, NOW, PATIENCE)
    end = held.taken.until(PATIENCE)
    assert end == NOW + 15 * DAY and held.status is Status.OPEN and held.version == 2
    assert held.held(end, PATIENCE) and held.held(held.taken.next_change_at(PATIENCE), PATIENCE) is None


def test_the_fifteen_days_are_days_of_paris():
    """Across the end of summer time, 25 October 2026."""
    held = opened().taken_by(ME, at("2026-10-20T10:00"), PATIENCE)
    assert held.taken.until(PATIENCE) == at("2026-11-04T11:00")


def test_nobody_takes_what_another_holds_until_it_fell_back():
    held = opened().taken_by(ME, NOW, PATIENCE)
    with pytest.raises(AlertTaken):
        held.taken_by(OTHER, NOW + DAY, PATIENCE)
    assert held.taken_by(OTHER, NOW + 16 * DAY, PATIENCE).taken.by == OTHER


def test_what_waits_for_nobody_is_taken_by_nobody():
    in_correction = opened().after(to(Change.CORRECTION_STARTED, Status.IN_CORRECTION), NOW, PATIENCE)
    for one in (over(opened(), NOW), in_correction):
        with pytest.raises(NotToTake):
            one.taken_by(ME, NOW, PATIENCE)


def test_what_nobody_holds_is_not_left():
    with pytest.raises(NotTaken):
        opened().left()
    assert opened().taken_by(ME, NOW, PATIENCE).left().taken is None


@pytest.mark.parametrize(
    ("change", "status", "stays"),
    [
        (Change.REASON_CHANGED, Status.OPEN, True),
        (Change.CORRECTION_STARTED, Status.IN_CORRECTION, False),
        (Change.RESOLVED, Status.RESOLVED, False),
        (Change.REOPENED, Status.OPEN, False),
    ],
)
def test_care_ends_when_the_alert_waits_for_him_no_more(change, status, stays):
    held = opened().taken_by(ME, NOW, PATIENCE)
    assert (held.after(to(change, status, "ACCEPTED"), NOW + DAY, PATIENCE).taken is not None) is stays
