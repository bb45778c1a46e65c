"""Periods: months of « AAAA-MM »."""

import pytest

from services.dsn.domain.periods import Period


@pytest.mark.parametrize("written", ["2021-13", "2021-00", "21-01", "2021-1", "1999-01", "٢٠٢١-01", "", "2021-01 "])
def test_anything_but_a_month_is_refused(written):
    with pytest.raises(ValueError, match="AAAA-MM"):
        Period.parse(written)


def test_plus_crosses_years():
    assert str(Period(2021, 11).plus(3)) == "2022-02"
    assert str(Period(2021, 1).plus(-1)) == "2020-12"


def test_until_includes_both_ends():
    assert [str(one) for one in Period(2021, 11).until(Period(2022, 1))] == ["2021-11", "2021-12", "2022-01"]
    assert list(Period(2022, 1).until(Period(2021, 12))) == []
