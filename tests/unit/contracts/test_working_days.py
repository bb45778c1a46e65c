"""Holidays come from the public calendar; what we say of it ourselves: its regions, and when it is read."""

import subprocess
import sys
from datetime import date

import pytest
from holidays import France

from contracts.rules.working_days import MAINLAND, REGIONS, holidays_of, is_worked


def test_the_regions_are_those_of_the_public_calendar() -> None:
    known = {one for one in France.subdivisions if not one.startswith("Zone")}  # zones: school holidays
    assert REGIONS - {MAINLAND} == known


@pytest.mark.parametrize(
    ("day", "region", "worked"),
    [
        (date(2026, 11, 27), "FR", True),
        (date(2026, 11, 28), "FR", False),  # a Saturday
        (date(2026, 11, 11), "FR", False),
        (date(2026, 4, 3), "FR", True),  # Good Friday
        (date(2026, 4, 3), "57", False),
        (date(2025, 12, 26), "6AE", False),
        (date(2026, 12, 20), "974", False),
        (date(2026, 6, 10), "973", False),
    ],
)
def test_a_day_is_worked_or_not(day: date, region: str, worked: bool) -> None:
    assert is_worked(day, region) is worked


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(ValueError, match="REGIONS"):
        holidays_of("75", 2026)


def test_a_process_that_judges_no_day_does_not_load_the_calendars_of_the_world() -> None:
    asked = "import sys, services.dsn.app; print('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True).stdout.strip() == "False"
