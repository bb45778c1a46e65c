"""Four outcomes of a link for its owner, whatever it is for; what ended otherwise is told to nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.words.links import LinkState
from services.identity.domain.fate import Past, fate
from services.identity.domain.link import Purpose

UNTIL = datetime(2026, 11, 24, 9, tzinfo=UTC)
BEFORE, AFTER = UNTIL - timedelta(hours=2), UNTIL + timedelta(hours=2)
OWN = (Purpose.INVITATION, Purpose.RESET, Purpose.CERTIFICATION)


@pytest.mark.parametrize("purpose", Purpose)
def test_what_nothing_ended_acts_until_its_time(purpose: Purpose) -> None:
    assert fate(purpose, Past(UNTIL), UNTIL - timedelta(seconds=1)) == (LinkState.VALID, UNTIL)
    assert fate(purpose, Past(UNTIL), UNTIL) == (LinkState.EXPIRED, UNTIL)


@pytest.mark.parametrize("purpose", OWN)
@pytest.mark.parametrize(("by", "state"), [("used", LinkState.USED), ("superseded", LinkState.REPLACED)])
def test_used_and_replaced_say_when(purpose: Purpose, by: str, state: LinkState) -> None:
    assert fate(purpose, Past(UNTIL, BEFORE, by), AFTER) == (state, BEFORE)


@pytest.mark.parametrize("purpose", OWN)
@pytest.mark.parametrize("by", [None, "closed"])
def test_another_end_is_not_told(purpose: Purpose, by: str | None) -> None:
    assert fate(purpose, Past(UNTIL, BEFORE, by), AFTER) is None


@pytest.mark.parametrize(
    ("purpose", "by", "proved", "told"),
    [
        (Purpose.IDENTIFIER, None, True, LinkState.USED),
        (Purpose.IDENTIFIER, "settled", True, LinkState.USED),
        (Purpose.IDENTIFIER, "undone", True, LinkState.USED),
        (Purpose.IDENTIFIER, "lapsed", False, LinkState.EXPIRED),
        (Purpose.IDENTIFIER, "undone", False, None),
        (Purpose.IDENTIFIER, "taken", False, None),
        (Purpose.UNDO, "undone", False, LinkState.USED),
        (Purpose.UNDO, "undone", True, LinkState.USED),
        (Purpose.UNDO, "settled", True, LinkState.EXPIRED),
        (Purpose.UNDO, "lapsed", False, LinkState.EXPIRED),
        (Purpose.UNDO, "taken", False, LinkState.EXPIRED),
    ],
)
def test_the_links_of_a_change_are_told_by_its_steps(
    purpose: Purpose, by: str | None, proved: bool, told: LinkState | None
) -> None:
    found = fate(purpose, Past(UNTIL, BEFORE if by else None, by, BEFORE if proved else None), AFTER)
    assert (found and found[0]) == told
