"""What could not be processed of a month (R8): told at once, over with a later deposit or answer."""

import pytest

from services.dsn.domain.facts import Beside, Failure, RefusedPiece, Why
from services.dsn.domain.messages import Kind
from services.dsn.domain.month import month
from tests.unit.dsn.facts import OCTOBER, PATIENCE, SIRET, at, crm, deposit, publications, site

EARLY = at("2026-11-05")  # long before anything would be missing


def refused(name="broken", **said):
    """A refused piece that came on 4 November."""
    told = {"received_at": at("2026-11-04"), "nature": "01", **said}
    return RefusedPiece(name, SIRET, OCTOBER, "encodage", 12, **told)


def failure(**said):
    return Failure("event", at("2026-11-20"), "E042", SIRET, OCTOBER, **said)


def state(*deposits, beside, as_of=EARLY, answers=(), life=None):
    return month(life or site(), OCTOBER, deposits, publications(*answers), as_of, PATIENCE, beside=beside)


def test_a_refused_piece_is_an_anomaly_at_once():
    found = state(beside=Beside(refused=[refused()]))
    assert (found.rule, found.label) == ("R8", "Anomalie dans le traitement")
    assert (found.alert.kind, found.alert.reason, found.next_change_at) == (Kind.MISSING, "PROCESSING", None)
    assert found.counted == (refused(),)


@pytest.mark.parametrize(
    "said, why",
    [
        ({"is_test": True}, Why.TEST),
        ({"nature": "04"}, Why.OTHER_NATURE),
        ({"named": ("BTPXXX",)}, Why.OTHER_CAISSE),
    ],
)
def test_what_would_not_have_counted_does_not_count_refused(said, why):
    found = state(beside=Beside(refused=[refused(**said)]))
    assert (found.rule, [one.why for one in found.ignored]) == ("R2", [why])


@pytest.mark.parametrize("said", [{"nature": ""}, {"named": ("BTPIDF", "BTPXXX")}])
def test_what_could_not_be_read_of_it_counts(said):
    assert state(beside=Beside(refused=[refused(**said)])).rule == "R8"


@pytest.mark.parametrize(
    "good, piece, rule",
    [
        ({"received_at": at("2026-11-06")}, {}, "R10"),
        ({"received_at": at("2026-11-03")}, {}, "R8"),
        ({"deposited_at": at("2026-11-02"), "received_at": at("2026-11-09")}, {"deposited_at": at("2026-11-03")}, "R8"),
        (
            {"deposited_at": at("2026-11-03"), "received_at": at("2026-11-03")},
            {"deposited_at": at("2026-11-02")},
            "R10",
        ),
        ({"received_at": at("2026-11-02")}, {"flow_id": "first", "flow_rank": "1"}, "R10"),
    ],
)
def test_a_later_good_one_ends_it(good, piece, rule):
    """The day of deposit decides when both say it; the same send, readable, ends it whenever it came."""
    whole = deposit(**{"deposited_at": None, **good})
    assert state(whole, beside=Beside(refused=[refused(**piece)])).rule == rule


def test_a_test_send_ends_nothing():
    again = deposit(is_test=True, received_at=at("2026-11-20"))
    assert state(again, beside=Beside(refused=[refused()])).rule == "R8"


def test_a_good_one_that_was_cancelled_since_ended_it():
    facts = (deposit(received_at=at("2026-11-06")), deposit("second", type="04", order=2))
    assert state(*facts, beside=Beside(refused=[refused()]), as_of=at("2026-12-10")).rule == "R9"


def test_a_failure_stands_until_the_caisse_answers():
    assert state(deposit(), beside=Beside(failures=[failure()])).rule == "R8"
    for day, rule in (("2026-11-19", "R8"), ("2026-11-21", "R15")):
        assert state(deposit(), answers=[crm("first", 0, day)], beside=Beside(failures=[failure()])).rule == rule


def test_the_deposit_that_failed_does_not_end_its_own_failure():
    late = deposit(deposited_at=at("2026-11-25"))
    own = failure(flow_id="first", flow_rank="1")
    assert state(late, beside=Beside(failures=[own])).rule == "R8"
    assert state(late, beside=Beside(failures=[failure()])).rule == "R10"


def test_nothing_fails_where_nothing_is_expected():
    """R1 comes first."""
    assert state(beside=Beside(refused=[refused()]), life=site("2026-11")).rule == "R1"
