"""M7: an administrator remains, on every day to come (AA30)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.delegation.domain.administrators import covered_until, keep_an_administrator
from services.delegation.domain.period import FOREVER, Period
from services.delegation.domain.refusals import LastAdministratorRefused
from tests.unit.delegation.strategies import TODAY, periods

ALWAYS = Period(TODAY)
UNTIL_FRIDAY = Period(TODAY, TODAY + timedelta(days=4))
FROM_SATURDAY = Period(TODAY + timedelta(days=5))
FROM_SUNDAY = Period(TODAY + timedelta(days=6))


@pytest.mark.parametrize("after", [[], [UNTIL_FRIDAY], [FROM_SATURDAY], [UNTIL_FRIDAY, FROM_SUNDAY]])
def test_a_day_without_administrator_is_refused_even_a_later_one(after: list[Period]) -> None:
    with pytest.raises(LastAdministratorRefused, match="Au moins un administrateur doit rester actif"):
        keep_an_administrator([ALWAYS], after, TODAY)


@pytest.mark.parametrize("after", [[ALWAYS], [UNTIL_FRIDAY, FROM_SATURDAY], [FROM_SATURDAY, UNTIL_FRIDAY]])
def test_one_may_take_over_from_the_other(after: list[Period]) -> None:
    keep_an_administrator([ALWAYS], after, TODAY)


def test_what_was_already_short_may_not_get_shorter() -> None:
    keep_an_administrator([UNTIL_FRIDAY], [UNTIL_FRIDAY], TODAY)
    with pytest.raises(LastAdministratorRefused):
        keep_an_administrator([UNTIL_FRIDAY], [Period(TODAY, TODAY)], TODAY)


@given(st.lists(periods, max_size=5))
def test_every_day_reached_has_an_administrator_and_the_next_has_none(given_periods: list[Period]) -> None:
    reached = covered_until(given_periods, TODAY)
    probes = [TODAY + timedelta(days=ahead) for ahead in range(100)]
    assert all(any(p.covers(day) for p in given_periods) for day in probes if day <= reached)
    assert reached == FOREVER or not any(p.covers(reached + timedelta(days=1)) for p in given_periods)
