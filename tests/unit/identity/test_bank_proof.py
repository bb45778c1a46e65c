"""When a mobile number proves who asks for new bank details (G78): certified, for a while, and not too long ago."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.identity.domain.bank_proof import standing, usable_number
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.refusals import MobileNotCertified, MobileTooLongAgo, MobileTooRecent
from tests.unit.identity.test_identifier import CLAIRE

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RULE = Lifetimes()
SECOND = timedelta(seconds=1)
OLD = timedelta(days=90)
SETTLED = timedelta(hours=48)


def proves(certified: timedelta | None, again: timedelta | None = None, number: str | None = "+33639980001") -> Any:
    """What the number proves, certified so long ago; or why it does not."""
    at = {
        "mobile_certified_at": None if certified is None else NOW - certified,
        "mobile_recertified_at": None if again is None else NOW - again,
    }
    try:
        return usable_number(replace(CLAIRE, telephone_mobile=number, **at), NOW, RULE)
    except (MobileNotCertified, MobileTooRecent, MobileTooLongAgo) as refused:
        return type(refused)


@pytest.mark.parametrize(
    ("certified", "again", "found"),
    [
        (None, None, MobileNotCertified),
        (timedelta(0), None, MobileTooRecent),
        (SETTLED - SECOND, None, MobileTooRecent),
        (SETTLED, None, "+33639980001"),
        (OLD - SECOND, None, "+33639980001"),
        (OLD, None, MobileTooLongAgo),
        (OLD * 3, timedelta(0), "+33639980001"),  # certified again: it is the same number, which waits for nothing
        (OLD * 3, OLD, MobileTooLongAgo),
        (timedelta(hours=1), OLD, MobileTooRecent),  # again is of a former number
    ],
)
def test_g78_certified_settled_and_fresh(certified: timedelta | None, again: timedelta | None, found: Any) -> None:
    assert proves(certified, again) == found


def test_g78_no_number_proves_nothing() -> None:
    assert proves(SETTLED, number=None) is MobileNotCertified


def test_g78_the_page_is_told_the_same_days() -> None:
    stands = standing(NOW, None, RULE)
    assert (stands.usable_from, stands.usable_until) == (NOW + SETTLED, NOW + OLD)
    assert standing(None, NOW, RULE).usable_from is None


def test_g78_too_recent_says_from_when_in_paris() -> None:
    with pytest.raises(MobileTooRecent, match=r"à partir du 25/11/2026 à 10\u00a0h\u00a000\."):
        usable_number(replace(CLAIRE, telephone_mobile="+33639980001", mobile_certified_at=NOW), NOW, RULE)
