"""Which openings nobody is written to about."""

from datetime import timedelta

import pytest

from contracts.words.alerts import AlertChange as Change
from contracts.words.alerts import AlertStatus as Status
from services.dsn.domain.alert import raised
from services.dsn.domain.alerts import Transition
from services.dsn.domain.crm import UNDATED
from services.dsn.domain.evaluation import evaluate
from services.dsn.domain.facts import Facts
from services.dsn.domain.messages import Kind
from services.dsn.domain.quiet import is_quiet, newest_fact
from tests.unit.dsn.facts import GRACE_END, LONG_AGO, OCTOBER, PATIENCE, at, crm, deposit, publications, site

RAISED = Transition((OCTOBER, Kind.MISSING), Change.RAISED, Status.OPEN, "MISSING", "R4")
REOPENED = Transition((OCTOBER, Kind.MISSING), Change.REOPENED, Status.OPEN, "MISSING", "R4")
OVER = Transition((OCTOBER, Kind.MISSING), Change.RESOLVED, Status.RESOLVED, "MISSING", "R10", "RECEIVED")
JUST_AFTER = timedelta(microseconds=1)


def newest(facts=None, life=None, as_of="2026-12-01"):
    """The newest fact of October."""
    life, facts = life or site(), facts or Facts()
    found = evaluate(life, facts, at(as_of), PATIENCE).months[OCTOBER]
    return newest_fact(found, life, facts, PATIENCE)


def received(*deposits, answers=()):
    """Facts of October."""
    return Facts({OCTOBER: list(deposits)}, publications(*answers))


def test_a_month_that_was_not_declared_is_news_when_its_grace_ends():
    assert newest() == GRACE_END
    assert not is_quiet(RAISED, None, newest(), GRACE_END + JUST_AFTER, LONG_AGO)


def test_a_month_that_was_due_before_the_site_entered_is_none():
    entered = at("2026-11-23")
    told = newest(life=site(opened_at=entered))
    assert told < entered and is_quiet(RAISED, None, told, at("2026-12-02"), entered)


@pytest.mark.parametrize(("published", "quiet"), [("2026-11-20", False), ("2026-10-20", True)])
def test_an_answer_is_news_when_it_is_young(published, quiet):
    facts = received(deposit(deposited_at=at("2026-10-10")), answers=[crm("first", 2, published)])
    told = newest_fact(
        evaluate(site(due_days=[(OCTOBER, 5)]), facts, at("2026-12-30"), PATIENCE).months[OCTOBER],
        site(due_days=[(OCTOBER, 5)]),
        facts,
        PATIENCE,
    )
    now = at("2026-12-16")
    assert is_quiet(RAISED, None, told, now, LONG_AGO) is quiet


def test_an_answer_without_a_date_that_can_be_believed_makes_nothing_young_nor_old():
    undated = crm("first", 2)
    undated = type(undated)(**{**{name: getattr(undated, name) for name in undated.__slots__}, "published_at": UNDATED})
    assert newest(received(deposit(), answers=[undated])) == GRACE_END


@pytest.mark.parametrize(("hours", "quiet"), [(23, True), (24, False)])
def test_what_opens_again_within_a_day_of_its_end_is_no_news(hours, quiet):
    ended = raised(None, None, RAISED, at("2026-11-24")).after(OVER, at("2026-11-25"), PATIENCE)
    now = at("2026-11-25") + timedelta(hours=hours)
    assert is_quiet(REOPENED, ended, GRACE_END, now, LONG_AGO) is quiet


def test_the_end_of_an_alert_is_never_quiet():
    assert not is_quiet(OVER, None, LONG_AGO, at("2026-11-25"), at("2026-11-26"))
