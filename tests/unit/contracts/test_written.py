"""One way to write a day, an instant and a telephone number (`contracts/rules/written.py`)."""

from datetime import UTC, date, datetime

import pytest

from contracts.rules.written import day, hour, masked_phone, moment, phone, short_day

LATE = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)  # already the next day in Paris


def test_t10_an_instant_is_written_in_paris() -> None:
    assert (day(LATE), short_day(LATE), hour(LATE)) == ("24/11/2026", "24/11", "00\u00a0h\u00a005")
    assert moment(LATE) == "24/11/2026 à 00\u00a0h\u00a005"
    assert day(date(2026, 1, 2)) == "02/01/2026"


@pytest.mark.parametrize(
    ("number", "shown", "hidden"),
    [
        ("+33612345678", "06 12 34 56 78", "06 •• •• •• 78"),
        ("+262692123456", "+262 6 92 12 34 56", "+262 6 •• •• •• 56"),
        ("+4915112345678", "+4915112345678", "+49 •• •• •• 78"),
    ],
)
def test_a_number_is_written_in_pairs_and_masked_but_for_its_ends(number: str, shown: str, hidden: str) -> None:
    assert (phone(number), masked_phone(number)) == (shown, hidden)
