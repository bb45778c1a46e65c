"""A decision is taken on the state that was shown: every act names its version, and a 412 says what changed (AA52)."""

import pytest

from tests.service.delegation.world import READ, Company, World

ADJOINT = "adjoint@example.com"
ACTS = ("confirmation", "refusal", "closing", "invitation")


@pytest.fixture
def adjoint(company: Company, world: World):
    """A Responsable adjoint of the company."""
    company.confirmed(ADJOINT, kind="collaborateur", administrator=True, nom="Petit", prenom="Luc")
    return world.account(ADJOINT)


@pytest.fixture
def firm(company: Company, world: World) -> str:
    """The delegation of the firm's administrator, who may sub-delegate."""
    return company.confirmed("cabinet@example.com", administrator=True, nom="Roux", prenom="Eve")


def waiting(company: Company, world: World, **changes) -> str:
    """A delegation that waits for its confirmation."""
    delegation_id = company.opened(**changes)
    world.identify(delegation_id, "comptable@example.com")
    return delegation_id


@pytest.mark.parametrize("what", ACTS)
def test_an_act_without_the_version_that_was_shown_is_428(company: Company, what: str) -> None:
    delegation_id = company.opened()
    answer = company.act(delegation_id, what, version=None)
    assert (answer.status, answer.json["code"]) == (428, "version_requise")


@pytest.mark.parametrize("what", ACTS)
def test_an_act_on_a_version_that_is_not_current_is_412(company: Company, world: World, what: str) -> None:
    delegation_id = company.opened()
    world.events()
    answer = company.act(delegation_id, what, version=7)
    assert (answer.status, answer.json["code"]) == (412, "version_perimee")
    assert world.events() == []


def test_a_reduction_through_the_parent_between_the_page_and_the_button_is_told(
    company: Company, firm: str, world: World
) -> None:
    rights = {"mes_documents": "mise_a_jour"}
    child = waiting(company, world, as_=world.account("cabinet@example.com"), kind="cabinet", rights=rights)
    shown = company.see(child).json["version"]
    company.change(firm, administrator=False, rights=READ, colleges=["etam"], ends_on="2026-12-31")
    answer = company.act(child, "confirmation", version=shown)
    assert answer.status == 412
    assert "par Claire Martin le 23/11/2026 à 10\u00a0h\u00a000" in answer.json["detail"]
    assert [one["message"] for one in answer.json["errors"]] == [
        "Date de fin : 31/12/2026 (avant : aucune).",
        "Collèges : ETAM (avant : Ouvriers, ETAM, Cadres).",
        "Mes documents : consultation (avant : mise à jour).",
    ]
    assert company.see(child).json["statut"] == "En attente"


def test_a_rise_between_the_page_and_the_button_is_told(company: Company, firm: str, world: World) -> None:
    child = waiting(company, world, as_=world.account("cabinet@example.com"), kind="cabinet")
    company.change(firm, colleges=["etam"], administrator=False, rights=READ)
    shown = company.see(child).json["version"]
    company.change(firm, colleges=["etam", "cadres"])
    answer = company.act(child, "confirmation", version=shown)
    assert (answer.status, answer.json["errors"][0]["message"]) == (412, "Collèges : ETAM, Cadres (avant : ETAM).")
    assert company.sites_of(world.account("comptable@example.com")) == 0


def test_who_read_what_changed_decides_again(company: Company, firm: str, world: World) -> None:
    child = waiting(company, world, as_=world.account("cabinet@example.com"), kind="cabinet")
    shown = company.see(child).json["version"]
    company.change(firm, ends_on="2026-12-31")
    assert company.act(child, "confirmation", version=shown).status == 412
    assert company.act(child, "confirmation").status == 204


@pytest.mark.parametrize(
    ("done", "told"), [("confirmation", "a été confirmée"), ("refusal", "a été refusée"), ("closing", "a été fermée")]
)
def test_what_another_administrator_decided_is_told(company: Company, adjoint, world: World, done, told) -> None:
    delegation_id = waiting(company, world)
    shown = company.see(delegation_id).json["version"]
    assert company.act(delegation_id, done, as_=adjoint).status == 204
    answer = company.act(delegation_id, "confirmation", version=shown)
    assert answer.status == 412
    assert f"{told} par Luc Petit le 23/11/2026 à 10\u00a0h\u00a000" in answer.json["detail"]


def test_a_closing_is_decided_on_what_was_shown_too(company: Company, adjoint, world: World) -> None:
    delegation_id = company.confirmed()
    shown = company.see(delegation_id).json["version"]
    company.change(delegation_id, ends_on="2027-12-31", as_=adjoint)
    answer = company.act(delegation_id, "closing", version=shown, ends_on="2026-12-31")
    assert answer.status == 412
    assert answer.json["errors"][0]["message"] == "Date de fin : 31/12/2027 (avant : aucune)."
    assert company.see(delegation_id).json["ends_on"] == "2027-12-31"


def test_whoever_may_not_see_it_learns_nothing_from_a_version(company: Company, world: World) -> None:
    other = world.company(2)
    delegation_id = company.opened()
    for version in (1, 7):
        assert company.act(delegation_id, "closing", version=version, as_=other.founder).status == 404
