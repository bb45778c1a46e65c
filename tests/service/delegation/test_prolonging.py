"""Before the end: warned twice, the beneficiary asks for more days, an administrator answers (C8, C10)."""

from datetime import date, timedelta
from typing import Any

import pytest

from backbone.testing import Answer
from contracts.words.journal import Act
from tests.service.delegation.test_renouncing import acts, mine
from tests.service.delegation.test_sub_delegation import FIRM, STAFF, Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import TODAY, Company, World

CLAIRE = "comptable@example.com"
END = TODAY + timedelta(days=40)
LATER = "2027-12-31"


@pytest.fixture
def held(company: Company, world: World) -> str:
    found = company.confirmed(ends_on=END.isoformat())
    world.events()
    return found


def near(world: World, days: int = 20) -> None:
    """It is so many days before the end."""
    world.under.clock.advance(timedelta(days=(END - TODAY).days - days))


def ask(world: World, held: str, until: str = LATER, email: str = CLAIRE) -> Answer:
    shown = world.under.get(f"/v1/mandates/{held}", as_=world.account(email)).json.get("version", 1)
    path, headers = f"/v1/mandates/{held}/prolongation", {"If-Match": f'"{shown}"'}
    return world.under.post(path, as_=world.account(email), headers=headers, json={"wanted_on": until})


def answer(company: Company, held: str, what: str = "", *, as_: Any = None, **body: Any) -> Answer:
    path, headers = f"{company.path}/delegations/{held}/prolongation{what}", {"If-Match": f'"{company.current(held)}"'}
    sent = {"json": body} if what else {}
    return company.world.under.post(path, as_=as_ or company.founder, headers=headers, **sent)


def warned(world: World) -> list[int]:
    world.under.run_job("announce_ends")
    found = [event.data["days"] for event in world.under.recorded() if event.type == "delegation.ending.v1"]
    world.under.clear()
    return found


def test_warned_thirty_and_seven_days_before_once_each(company: Company, world: World, held: str) -> None:
    told = {}
    for day in range(45):
        if found := warned(world):
            told[(END - TODAY).days - day] = found
        world.under.clock.advance(timedelta(days=1))
    assert told == {30: [30], 7: [7]}


def test_who_was_given_less_is_not_warned_of_what_he_was_just_told(company: Company, world: World) -> None:
    company.confirmed("court@example.com", ends_on=(TODAY + timedelta(days=5)).isoformat())
    company.confirmed("moyen@example.com", ends_on=(TODAY + timedelta(days=20)).isoformat())
    world.events()
    assert warned(world) == []
    world.under.clock.advance(timedelta(days=13))
    assert warned(world) == [7]  # of the one of twenty days


def test_another_end_is_warned_of_anew(company: Company, world: World, held: str) -> None:
    near(world, 30)
    assert warned(world) == [30]
    company.change(held, ends_on=(END + timedelta(days=30)).isoformat())
    world.events()
    world.under.clock.advance(timedelta(days=30))
    assert warned(world) == [30]


def test_asked_seen_and_granted_by_a_click_and_a_password(company: Company, world: World, held: str) -> None:
    near(world)
    assert mine(world)[0]["actions"] == ["prolonger", "renoncer"]
    assert ask(world, held).status == 204
    data = world.event("prolongation.requested")
    assert (data["wanted_on"], [one["email"] for one in data["administrators"]]) == (
        date(2027, 12, 31),
        ["patron1@example.com"],
    )
    assert mine(world)[0]["prolongation"]["wanted_on"] == LATER and mine(world)[0]["actions"] == ["renoncer"]
    (line,) = [one for one in company.list().json["items"] if one["delegation_id"] == held]
    assert line["prolongation_until"] == LATER
    assert answer(company, held).status == 204
    data = world.event("delegation.changed")
    assert (data["ends_on"], data["before"]["ends_on"]) == (date(2027, 12, 31), END)
    assert acts(world, held)[-2:] == [Act.PROLONGATION_DEMANDEE, Act.PROLONGATION]
    assert company.see(held).json["prolongation_until"] is None
    assert answer(company, held).json["code"] == "aucune_prolongation_demandee"


def test_c8_without_a_recent_password_it_is_asked_for(company: Company, world: World, held: str) -> None:
    near(world)
    ask(world, held)
    path, headers = f"{company.path}/delegations/{held}/prolongation", {"If-Match": f'"{company.current(held)}"'}
    world.under.proved_at = world.under.clock.now() - timedelta(minutes=6)
    refused = world.under.post(path, as_=company.founder, headers=headers)
    assert refused.json["code"] == "reauthentification_requise"
    assert company.see(held).json["ends_on"] == END.isoformat()


def test_refused_with_a_reason_that_both_sides_read(company: Company, world: World, held: str) -> None:
    near(world)
    ask(world, held)
    world.events()
    assert answer(company, held, "/refusal", reason="Le chantier est terminé.").status == 204
    data = world.event("prolongation.refused")
    assert (data["reason"], data["ends_on"]) == ("Le chantier est terminé.", END)
    (shown,) = mine(world)
    assert shown["prolongation"]["reason"] == "Le chantier est terminé." and shown["actions"] == ["renoncer"]
    assert ask(world, held).json["code"] == "prolongation_demandee"
    assert acts(world, held)[-1] == Act.PROLONGATION_REFUSEE


@pytest.mark.parametrize(
    ("until", "code"),
    [(END.isoformat(), "date_non_posterieure"), ("2101-01-01", "date_invalide"), ("2020-01-01", "dates_incoherentes")],
)
def test_aa32_only_a_later_day_that_there_is(company: Company, world: World, held: str, until: str, code: str) -> None:
    near(world)
    refused = ask(world, held, until)
    assert (refused.status, refused.json["code"]) == (422, code)


def test_neither_too_early_nor_what_has_no_end_nor_another_ones(company: Company, world: World, held: str) -> None:
    assert ask(world, held).json["code"] == "prolongation_trop_tot"
    near(world)
    assert ask(world, held, email="autre@example.com").status == 404
    assert ask(world, str(company.founder_delegation), email="patron1@example.com").status == 409


def test_c10_what_the_firm_delegated_lasts_no_longer_than_the_firms(firm: Firm, world: World) -> None:  # noqa: F811
    firm.company.change(firm.delegation, ends_on=(TODAY + timedelta(days=60)).isoformat())
    child = firm.delegate(ends_on=(TODAY + timedelta(days=20)).isoformat())
    assert ask(world, child, LATER, STAFF).status == 204
    refused = answer(firm.company, child, as_=firm.account)
    assert (refused.status, refused.json["code"]) == (403, "droit_non_possede")
    assert (
        answer(firm.company, child).json["code"] == "droit_non_possede"
    )  # the company's neither: its parent bounds it
    assert firm.company.see(child).json["prolongation_until"] == LATER


def test_nobody_answers_his_own(firm: Firm, world: World) -> None:  # noqa: F811
    firm.company.change(firm.delegation, ends_on=(TODAY + timedelta(days=20)).isoformat())
    assert ask(world, firm.delegation, LATER, FIRM).status == 204
    assert answer(firm.company, firm.delegation, as_=firm.account).json["code"] == "propre_delegation"


def test_an_end_that_was_changed_meanwhile_answers_it(company: Company, world: World, held: str) -> None:
    near(world)
    ask(world, held)
    company.change(held, ends_on="2027-06-30")
    assert company.see(held).json["prolongation_until"] is None
    assert answer(company, held).json["code"] == "aucune_prolongation_demandee"


def test_k2_days_that_he_has_by_another_delegation_meanwhile_are_not_granted_twice(
    company: Company, world: World, held: str
) -> None:
    near(world)
    assert ask(world, held).status == 204
    other = company.opened(CLAIRE, starts_on=(END + timedelta(days=1)).isoformat())
    refused = answer(company, held)
    assert (refused.status, refused.json["code"]) == (409, "delegation_existante")
    assert company.see(held).json["ends_on"] == END.isoformat()
    assert company.act(other, "closing").status == 204
    assert answer(company, held).status == 204
    assert company.see(held).json["ends_on"] == LATER
