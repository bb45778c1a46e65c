"""The attestation of a delegation that is suspended: « valide » on no day on which its rights are not usable, and what
holds again once it is taken up, or goes on by itself (decisions 61, 62)."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.words.attested import Attested
from tests.service.delegation.test_attestation import CLAIRE, MINE, issued, own, verified
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.test_suspending import NEXT, UNTIL, resume, suspend
from tests.service.delegation.world import TODAY, Company, World

DAYS = (UNTIL - TODAY).days
REASON = "Une attestation est délivrée une fois la délégation confirmée, à partir de sa date d'effet."


@pytest.fixture
def held(company: Company) -> str:
    return company.confirmed(CLAIRE)


def could(company: Company, world: World) -> bool:
    """Whether the rights open something today."""
    return company.sites_of(world.account(CLAIRE)) == 1


def test_on_each_day_it_is_valid_only_if_its_rights_open(company: Company, world: World, held: str) -> None:
    number = issued(company, held).json["number"]
    assert (verified(world, number), could(company, world)) == (Attested.VALID, True)
    suspend(company, held)
    for _ in range(DAYS + 1):
        assert (verified(world, number), could(company, world)) == (Attested.ENDED, False)
        world.under.clock.advance(timedelta(days=1))
    assert could(company, world)


def test_what_was_issued_before_says_a_first_day_that_is_no_more_when_it_ends_by_itself(
    company: Company, world: World, held: str
) -> None:
    before = issued(company, held).json
    suspend(company, held)
    world.under.clock.advance(timedelta(days=DAYS + 1))
    assert verified(world, before["number"]) == Attested.ENDED  # it says days on which nothing was open
    after = issued(company, held).json
    assert (after["starts_on"], after["in_force"]) == (NEXT.isoformat(), True)
    assert verified(world, after["number"]) == Attested.VALID
    assert verified(world, before["number"]) == Attested.ENDED


def test_what_was_issued_before_holds_again_when_it_is_taken_up(company: Company, world: World, held: str) -> None:
    before = issued(company, held).json
    suspend(company, held)
    assert verified(world, before["number"]) == Attested.ENDED
    resume(company, held)
    assert (verified(world, before["number"]), could(company, world)) == (Attested.VALID, True)
    after = own(world, held).json
    assert after["number"] != before["number"] and after["in_force"] is True
    names = ("starts_on", "ends_on", "rights", "colleges", "confirmed_at")
    assert [after[name] for name in names] == [before[name] for name in names]


def test_none_is_issued_nor_shown_meanwhile_to_either_side(company: Company, world: World, held: str) -> None:
    before = issued(company, held).json
    suspend(company, held)
    assert world.under.get(MINE.format(held), as_=world.account(CLAIRE)).status == 404
    for answer in (issued(company, held), own(world, held)):
        assert (answer.status, answer.json["code"], answer.json["detail"]) == (409, "rien_a_attester", REASON)
    resume(company, held)
    assert own(world, held).json == issued(company, held).json != before


def test_what_is_closed_while_suspended_stays_ended(company: Company, world: World, held: str) -> None:
    number = issued(company, held).json["number"]
    suspend(company, held)
    company.act(held, "closing")
    world.under.clock.advance(timedelta(days=DAYS + 1))
    assert verified(world, number) == Attested.ENDED


def test_c10_what_stands_below_one_that_is_suspended_says_the_same(firm: Firm, world: World) -> None:  # noqa: F811
    child = firm.delegate()
    number = own(world, child, STAFF).json["number"]
    assert verified(world, number) == Attested.VALID
    suspend(firm.company, firm.delegation)
    assert (verified(world, number), firm.company.sites_of(world.account(STAFF))) == (Attested.ENDED, 0)
    resume(firm.company, firm.delegation)
    assert (verified(world, number), firm.company.sites_of(world.account(STAFF))) == (Attested.VALID, 1)
    assert own(world, firm.delegation, FIRM).json["in_force"] is True


def test_k10_nothing_but_the_word_is_told_of_the_suspension(company: Company, world: World, held: str) -> None:
    number = issued(company, held).json["number"]
    suspend(company, held)
    said: Any = world.under.post(
        "/v1/attestations/verification", json={"number": number, "siren": issued_siren(company, world)}
    )
    assert said.json == {"state": "terminee"}


def issued_siren(company: Company, world: World) -> str:
    """The SIREN that a new attestation of the founder has."""
    return str(issued(company, str(company.founder_delegation)).json["siren"])
