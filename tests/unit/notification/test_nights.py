"""What begins or ends at midnight by its dates: one mail a person (decision 53)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.notification.domain.nights import MOST, QUIET, Line, What, heard_until, said


def line(number: int = 1, **changes: Any) -> Line:
    company = {
        "adherent_id": UUID(int=number),
        "raison_sociale": f"ENTREPRISE {number}",
        "identifiant": f"04{number:05}",
    }
    known = {"fact": f"fin:{number}", "recipient": "c@example.com", "lecteur": "Claire Martin", "followed": ""}
    return Line(**{**company, **known, "what": What.ENDS, "day": date(2026, 11, 30), **changes})


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 30, 23, 1, tzinfo=UTC), False),  # one minute past midnight in Paris
        (datetime(2026, 12, 1, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 6, 0, tzinfo=UTC), True),  # seven o'clock
        (datetime(2026, 7, 1, 5, 0, tzinfo=UTC), True),  # the same in summer
        (datetime(2026, 10, 25, 5, 30, tzinfo=UTC), False),  # on the day when clocks go back it is half past six
        (datetime(2026, 12, 1, 14, 0, tzinfo=UTC), True),
    ],
)
def test_nobody_is_told_before_seven_in_paris(now: datetime, told: bool) -> None:
    assert heard_until(now) == (now - QUIET if told else None)


def test_an_address_is_one_mailbox_however_it_is_written() -> None:
    assert line(recipient="C@example.com").person == line().person != line(recipient="d@example.com").person


def test_own_and_followed_stand_apart_by_day_and_company() -> None:
    begins = line(1, fact="debut:3", what=What.BEGINS, day=date(2026, 12, 1))
    given = said([begins, line(2, followed="Luc Petit"), line(2, fact="fin:4"), line(1)])
    assert [(one["raison_sociale"], one["quoi"]) for one in given["siennes"]] == [
        ("ENTREPRISE 1", "fin"),
        ("ENTREPRISE 2", "fin"),
        ("ENTREPRISE 1", "debut"),
    ]
    assert [one["beneficiaire"] for one in given["suivies"]] == ["Luc Petit"]
    assert (given["raison_sociale"], given["autres_entreprises"]) == ("ENTREPRISE 1", 1)


def test_a_firm_with_hundreds_of_clients_reads_the_first_and_how_many_more() -> None:
    given = said([line(number, fact=f"fin:{number}") for number in range(1, MOST + 31)])
    assert (len(given["siennes"]), given["autres_siennes"], given["autres_entreprises"]) == (MOST, 30, MOST + 29)


def test_a_line_a_moment_ago_waits() -> None:
    now = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    until = heard_until(now)
    assert until is not None and until + timedelta(seconds=59) < now
