"""What a wider parent gives back to those below it is judged like any other delegation of their person (C10, K2)."""

import pytest

from tests.service.delegation.test_sub_delegation import STAFF, Firm
from tests.service.delegation.world import Company, World

NEW_YEAR = "2027-01-01"


@pytest.fixture
def shortened(company: Company, world: World) -> Firm:
    """A firm whose days, and its person's with it, end with the year; the company has the person from then on."""
    firm = Firm(company, world)
    firm.delegate()
    assert company.change(firm.delegation, ends_on="2026-12-31").status == 204
    company.confirmed(STAFF, starts_on=NEW_YEAR, kind="collaborateur")
    world.events()
    return firm


def days(company: Company) -> list[tuple[str, str | None]]:
    """The days of what the person has there and is not over."""
    items = company.list("courriel=collaborateur&exclure_inactifs=1").json["items"]
    return sorted((one["starts_on"], one["ends_on"]) for one in items)


def test_a_firm_that_is_prolonged_over_its_persons_other_delegation_is_refused(shortened: Firm, world: World) -> None:
    refused = shortened.company.change(shortened.delegation, ends_on=None)
    assert (refused.status, refused.json["code"]) == (409, "delegation_existante")
    assert refused.json["detail"] == f"Une délégation existe déjà pour l'adresse {STAFF} à partir du 01/01/2027."
    assert days(shortened.company) == [("2026-11-23", "2026-12-31"), (NEW_YEAR, None)]
    assert world.events() == []


def test_it_is_prolonged_once_one_of_the_two_is_closed(shortened: Firm) -> None:
    company = shortened.company
    (former,) = [one for one in company.list("courriel=collaborateur").json["items"] if one["ends_on"]]
    assert company.act(former["delegation_id"], "closing").status == 204
    assert company.change(shortened.delegation, ends_on=None).status == 204
    assert days(company) == [(NEW_YEAR, None)]


def test_other_rights_and_fewer_days_clash_with_nothing(shortened: Firm) -> None:
    fewer = {"administrator": False, "colleges": ["etam"], "rights": {"mes_documents": "consultation"}}
    assert shortened.company.change(shortened.delegation, ends_on="2026-12-30", **fewer).status == 204


def test_who_waits_is_judged_too_and_by_his_account(company: Company, world: World) -> None:
    firm = Firm(company, world)
    company.opened(STAFF, as_=firm.account)
    company.change(firm.delegation, ends_on="2026-12-31")
    company.confirmed("avant@example.com", starts_on=NEW_YEAR)
    world.rename("avant@example.com", sequence=2)
    world.move("avant@example.com", STAFF, sequence=3)
    assert company.change(firm.delegation, ends_on="2027-06-30").json["code"] == "delegation_existante"


def test_the_firm_is_not_told_of_what_it_may_not_see(company: Company, world: World) -> None:
    firm = Firm(company, world)
    chief = firm.delegate("chef@comptagestion.example.com", administrator=True)
    below = company.opened(STAFF, as_=world.account("chef@comptagestion.example.com"))
    world.identify(below, STAFF)
    assert company.change(chief, as_=firm.account, ends_on="2026-12-31").status == 204
    company.confirmed(STAFF, starts_on=NEW_YEAR, kind="collaborateur")
    refused = company.change(chief, as_=firm.account, ends_on=None)
    assert (refused.status, refused.json["code"]) == (409, "adresse_non_disponible")
    assert refused.json["detail"].startswith(f"L'adresse {STAFF} ne peut pas recevoir cette délégation.")
    assert "2027" not in str(refused.json)
