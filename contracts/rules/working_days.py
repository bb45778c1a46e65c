"""Days on which an office works: neither Saturday, Sunday nor a public holiday of its region (by `holidays`)."""

from datetime import date
from functools import cache

MAINLAND = "FR"
# The regions with holidays of their own, by the library's codes (`docs/dsn.md`): Moselle, Alsace, Guadeloupe,
# Martinique, Guyane, La Réunion, Mayotte, and the collectivities.
REGIONS = frozenset((MAINLAND, "57", "6AE", "971", "972", "973", "974", "976", *"BL MF NC PF PM TF WF".split()))


@cache
def holidays_of(region: str, year: int) -> frozenset[date]:
    """The public holidays of `region`, one of REGIONS, in `year`; ValueError for another one."""
    from holidays import (
        country_holidays,
    )  # a tenth of a second, for who asks first and not for every process that starts

    if region not in REGIONS:
        raise ValueError("no region of REGIONS")
    return frozenset(country_holidays("FR", subdiv=None if region == MAINLAND else region, years=year))


def is_worked(day: date, region: str = MAINLAND) -> bool:
    """Neither Saturday, Sunday nor holiday of `region`."""
    return day.weekday() < 5 and day not in holidays_of(region, day.year)
