"""A right that is taken bites within a minute, bus or no bus: what the default settings make of the rule (C9, K9).

Tests of services use shorter times; here are the real ones. Who changes a default, or a time that adds to it, reads
here what it costs.
"""

from dataclasses import fields
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backbone.rights.authority import SKEW, believed
from backbone.shape.config import BaseSettings
from backbone.web import watch
from services.contact.settings import Settings as Contact
from services.delegation.settings import Settings as Delegation
from services.dsn.settings import Settings as Dsn
from services.identity.settings import Settings as Identity

A_MINUTE = 60.0
POLL = 5.0  # how late a worker may look at a job that nothing wakes
seconds = st.floats(0, 600, allow_nan=False)


def default(name: str, settings: type[BaseSettings] = BaseSettings) -> float:
    """What a service is told when it is told nothing."""
    (found,) = [field.default for field in fields(settings) if field.name == name]
    assert isinstance(found, float)
    return found


ALIVE, STALE = default("authority_seconds"), default("authority_max_age")


def test_the_defaults_are_those_of_the_rule() -> None:
    assert (ALIVE, STALE) == (10.0, 45.0)


@pytest.mark.parametrize("service", [Identity, Delegation, Dsn, Contact])
def test_no_service_has_defaults_of_its_own(service: type[BaseSettings]) -> None:
    assert (default("authority_seconds", service), default("authority_max_age", service)) == (ALIVE, STALE)


@example(taken=0.0, before=0.0, ahead=SKEW, later=STALE + SKEW)
@given(taken=seconds, before=seconds, ahead=st.floats(-SKEW, SKEW), later=seconds)
def test_what_did_not_hear_that_it_was_taken_is_not_believed_after_a_minute(
    taken: float, before: float, ahead: float, later: float
) -> None:
    """The bus went down just then, or long before: the last sign of life, by the owner's own clock, is of before."""
    heard, asked = taken - before + ahead, taken + later
    if believed(asked - heard, STALE):
        assert later <= A_MINUTE - watch.TOLD_SECONDS - watch.TIMEOUT


@given(taken=seconds, told=seconds, later=seconds)
def test_nor_is_an_answer_of_its_owner_that_was_given_before(taken: float, told: float, later: float) -> None:
    """What an owner said, before the right was taken, counts a few seconds, wherever the projection stands."""
    counts = told <= taken and taken + later - told < watch.TOLD_SECONDS
    assert not counts or later < A_MINUTE


def test_one_after_the_other_they_are_within_the_minute() -> None:
    assert SKEW + STALE + watch.TOLD_SECONDS + watch.TIMEOUT <= A_MINUTE


@given(late=st.lists(st.floats(0, POLL), min_size=3, max_size=20), lost=st.integers(0, 10))
def test_signs_of_life_that_come_late_or_are_lost_twice_do_not_make_anybody_ask(late: list[float], lost: int) -> None:
    """With the bus up, an owner's word is believed without a question, or every page would cost one."""
    signs = list(accumulate(ALIVE + delay for delay in late))
    heard = [sign for number, sign in enumerate(signs) if number not in (lost, lost + 1)] or signs[:1]
    gaps = [after - before for before, after in zip(heard, heard[1:], strict=False)]
    assert all(believed(gap, STALE) for gap in gaps)
