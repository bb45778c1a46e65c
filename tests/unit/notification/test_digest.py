"""When a digest leaves, what is told in it, once, and in which order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from contracts.words.preferences import Rhythm
from services.notification.domain.digest import (
    EVERY,
    PARIS,
    Alert,
    Why,
    chosen,
    day_due,
    digest,
    is_weekly,
    leaves,
    opened_between,
    reminded_by,
    why,
)

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 6, 31, tzinfo=UTC)
FIRM, SITE = UUID(int=1), UUID(int=2)
ALERT = Alert(
    UUID(int=9),
    FIRM,
    SITE,
    "DURAND",
    "Siège",
    "1",
    "2026-10",
    "DSN",
    date(2026, 11, 23),
    NOW - timedelta(hours=20),
    False,
)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-24T07:29:59+01:00", None),
        ("2026-11-24T07:30:00+01:00", date(2026, 11, 24)),
        ("2026-11-24T23:59:00+01:00", date(2026, 11, 24)),
        ("2026-11-28T09:00:00+01:00", None),  # Saturday
        ("2026-11-11T09:00:00+01:00", None),  # Armistice
        ("2026-05-25T09:00:00+02:00", None),  # Whit Monday
        ("2026-10-26T07:29:59+01:00", None),  # the Monday after the end of summer time
        ("2026-10-26T07:30:00+01:00", date(2026, 10, 26)),
        ("2026-03-30T07:30:00+02:00", date(2026, 3, 30)),  # the Monday after its beginning
        ("2026-03-30T07:29:00+02:00", None),
    ],
)
def test_it_leaves_at_half_past_seven_in_paris_on_working_days(now: str, day: date | None) -> None:
    assert day_due(datetime.fromisoformat(now).astimezone(UTC)) == day


@pytest.mark.parametrize(
    ("day", "weekly"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (date(2026, 5, 25), False),  # Whit Monday: nobody works
        (date(2026, 5, 26), True),
        (date(2026, 5, 27), False),
    ],
)
def test_weekly_is_monday_or_the_first_day_on_which_people_work(day: date, weekly: bool) -> None:
    assert is_weekly(day) is weekly
    assert leaves(Rhythm.WEEKLY, day) is weekly
    assert not leaves(Rhythm.NEVER, day)


def test_a_rhythm_is_that_of_the_company_else_of_all_else_the_usual_one() -> None:
    mine = {FIRM: Rhythm.NEVER, EVERY: Rhythm.WEEKLY}
    assert chosen(mine, FIRM, Rhythm.DAILY) is Rhythm.NEVER
    assert chosen(mine, UUID(int=3), Rhythm.DAILY) is Rhythm.WEEKLY
    assert chosen({}, FIRM, Rhythm.DAILY) is Rhythm.DAILY


def test_an_alert_is_news_until_it_was_told() -> None:
    assert why(ALERT, DAY, NOW) is Why.NEW
    assert why(replace(ALERT, again=True), DAY, NOW) is Why.AGAIN
    assert why(replace(ALERT, told_at=ALERT.heard_at), DAY, NOW) is None
    assert why(replace(ALERT, told_at=ALERT.heard_at - timedelta(days=3)), DAY, NOW) is Why.NEW  # open again since
    assert why(replace(ALERT, heard_at=NOW - timedelta(days=10)), DAY, NOW) is None  # who has access since today


@pytest.mark.parametrize(
    ("days", "reminded", "told"),
    [
        (6, 0, False),
        (7, 0, True),
        (9, 0, True),
        (8, 7, False),
        (18, 0, False),
        (29, 7, False),
        (30, 7, True),
        (41, 7, False),
    ],
)
def test_an_alert_still_open_is_told_again_after_a_week_and_a_month(days: int, reminded: int, told: bool) -> None:
    opened = DAY - timedelta(days=days)
    old = replace(ALERT, opened_on=opened, told_at=NOW, heard_at=NOW - timedelta(days=days), reminded=reminded)
    assert (why(old, DAY, NOW) is Why.REMINDER) is told
    noon = datetime(opened.year, opened.month, opened.day, 12, tzinfo=PARIS)
    ranges = {number: opened_between(DAY, number) for number in (7, 30) if reminded < number}
    assert any(first <= noon < last for first, last in ranges.values()) is told


def test_what_was_told_late_is_not_reminded_of_the_next_day() -> None:
    assert [reminded_by(replace(ALERT, opened_on=DAY - timedelta(days=n)), DAY) for n in (0, 6, 7, 29, 30)] == [
        0,
        0,
        7,
        7,
        30,
    ]


def test_the_first_twenty_sites_and_a_count() -> None:
    told = [(replace(ALERT, alert_id=uuid4(), site_id=UUID(int=n), nom=f"S{n:04}"), Why.NEW) for n in range(3_000)]
    made = digest(told)
    assert (len(made.sites), made.more, made.alerts, made.companies) == (20, 2_980, 3_000, ["DURAND"])
    assert made.sites[0].alert.nom == "S0000"


def test_news_come_before_reminders_and_names_as_the_french_sort_them() -> None:
    names = {"Zoé": Why.NEW, "Émile": Why.NEW, "Abel": Why.REMINDER}
    told = [(replace(ALERT, site_id=uuid4(), nom=nom), reason) for nom, reason in names.items()]
    assert [site.alert.nom for site in digest(told).sites] == ["Émile", "Zoé", "Abel"]


def test_the_months_of_a_site_are_in_order_and_bounded() -> None:
    told = [(replace(ALERT, alert_id=uuid4(), periode=f"{2020 + n // 12}-{n % 12 + 1:02}"), Why.NEW) for n in range(36)]
    (site,) = digest(reversed(told)).sites
    assert [line.periode for line, _ in site.lines] == [f"2020-{month:02}" for month in range(1, 13)]
    assert site.more == 24
