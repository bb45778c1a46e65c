"""« Au moins un administrateur doit rester actif » (M7), today and on every day to come.

Only the company's own administrators count: if its firm alone remained, nobody could close the firm's delegation.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from services.delegation.domain.period import FOREVER, Period
from services.delegation.domain.refusals import LastAdministratorRefused


def covered_until(periods: Iterable[Period], today: date) -> date:
    """The last day reached from `today` without a day that no period covers; the day before today if none does."""
    reached = today - timedelta(days=1)
    for period in sorted(periods, key=lambda one: one.starts_on):
        if reached == FOREVER or period.starts_on > reached + timedelta(days=1):
            break
        reached = max(reached, period.last_day)
    return reached


def keep_an_administrator(before: Iterable[Period], after: Iterable[Period], today: date) -> None:
    """Raises LastAdministratorRefused if the change leaves the company without administrator earlier than before."""
    if loses(before, after, today):
        raise LastAdministratorRefused


def loses(before: Iterable[Period], after: Iterable[Period], today: date) -> bool:
    """Whether the company is without administrator earlier `after` than `before`."""
    return covered_until(after, today) < covered_until(before, today)
