"""Where a request for new bank details stands (G78): it waits, opens, closes; what ends it ends it for good."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contracts.words.bank_details import BankState as State
from services.delegation.domain.bank_request import BankRequest, times

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ID = UUID(int=1)
DELAY, LASTS, SECOND = timedelta(hours=48), timedelta(days=7), timedelta(seconds=1)
ASKED = BankRequest(ID, ID, ID, ID, *times(NOW, DELAY, LASTS))


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(0), State.WAITING),
        (DELAY - SECOND, State.WAITING),
        (DELAY, State.OPEN),
        (DELAY + LASTS - SECOND, State.OPEN),
        (DELAY + LASTS, State.LAPSED),
    ],
)
def test_g78_it_waits_opens_and_lapses(after: timedelta, state: State) -> None:
    assert ASKED.state_at(NOW + after, administers=True) is state


@pytest.mark.parametrize("after", [timedelta(0), DELAY])
def test_g78_what_ends_it_ends_it_whether_it_waits_or_is_open(after: timedelta) -> None:
    at = NOW + after
    assert ASKED.state_at(at, administers=False) is State.LOST
    assert replace(ASKED, cancelled_at=NOW).state_at(at, administers=True) is State.CANCELLED
    assert replace(ASKED, spoiled_at=NOW).state_at(at, administers=True) is State.SPOILED
