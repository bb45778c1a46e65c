"""The profiles of a company: kept under a name, renamed, deleted; they are the company's alone (K10)."""

from typing import Any

import pytest

from backbone.testing import Answer
from tests.service.delegation.test_sub_delegation import Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import READ, Company, World

RIGHTS = {"administrator": False, "colleges": ["etam", "ouvriers"], "rights": READ}


def keep(company: Company, name: str = "Comptable", *, as_: Any = None, **changes: Any) -> Answer:
    body = {"name": name, **RIGHTS, **changes}
    return company.world.under.post(f"{company.path}/profiles", as_=as_ or company.founder, json=body)


def kept(company: Company, as_: Any = None) -> Any:
    return company.world.under.get(f"{company.path}/profiles", as_=as_ or company.founder).json


def act(company: Company, profile: str, what: str, version: int = 1, **body: Any) -> Answer:
    path, headers = f"{company.path}/profiles/{profile}/{what}", {"If-Match": f'"{version}"'}
    sent = {"json": body} if body else {}
    return company.world.under.post(path, as_=company.founder, headers=headers, **sent)


def lines(company: Company) -> list[tuple[str, str | None]]:
    """What the journal of the company says of profiles, oldest first."""
    found = company.world.under.get(f"{company.path}/journal", as_=company.founder).json["items"]
    return [(one["act"], one["reason"]) for one in reversed(found) if one["act"].startswith("profil")]


def test_it_is_kept_renamed_and_deleted_and_the_journal_says_so(company: Company, world: World) -> None:
    world.events()
    profile = keep(company, "  Comptable   de paie ").json["profile_id"]
    (one,) = kept(company)["items"]
    assert one == {
        "profile_id": profile,
        "name": "Comptable de paie",
        "version": 1,
        **RIGHTS,
        "colleges": ["ouvriers", "etam"],
    }
    assert act(company, profile, "name", name="Paie").status == 204
    assert [(one["name"], one["version"]) for one in kept(company)["items"]] == [("Paie", 2)]
    assert act(company, profile, "end", 2).status == 204
    assert kept(company) == {"items": [], "may_keep": True}
    assert lines(company) == [
        ("profil_enregistre", "Profil « Comptable de paie »"),
        ("profil_renomme", "Profil « Comptable de paie », désormais « Paie »"),
        ("profil_supprime", "Profil « Paie »"),
    ]
    assert world.events() == []


@pytest.mark.parametrize("name", ["", "   ", "!!!", "www.exemple.fr", "a" * 61])
def test_a_name_is_a_name(company: Company, name: str) -> None:
    assert keep(company, name).status == 422
    assert kept(company)["items"] == []


def test_no_two_of_a_company_are_called_alike_however_written(company: Company, world: World) -> None:
    keep(company, "Équipe paie")
    other = keep(company, "Autre").json["profile_id"]
    for answer in (keep(company, "EQUIPE-PAIE"), act(company, other, "name", name="equipe paie")):
        assert (answer.status, answer.json["code"]) == (409, "profil_existant")
    assert act(company, other, "name", name="AUTRE").status == 204
    assert keep(world.company(2), "Équipe paie").status == 201


def test_there_are_fifty_at_most(company: Company) -> None:
    assert {keep(company, f"Profil {number}").status for number in range(50)} == {201}
    answer = keep(company, "Un de plus")
    assert (answer.status, answer.json["code"]) == (409, "trop_de_profils")
    assert act(company, kept(company)["items"][0]["profile_id"], "end").status == 204
    assert keep(company, "Un de plus").status == 201


def test_what_no_matrix_has_is_not_kept(company: Company) -> None:
    assert keep(company, colleges=[]).status == 422
    assert keep(company, rights={"inconnue": "consultation"}).status == 422
    assert keep(company, rights={}).status == 422


def test_an_administrator_s_is_everything(company: Company) -> None:
    keep(company, administrator=True, colleges=[], rights={})
    (one,) = kept(company)["items"]
    assert one["administrator"] and len(one["colleges"]) == 3 and set(one["rights"].values()) == {"mise_a_jour"}


def test_k10_the_firm_s_read_none_and_keep_none(firm: Firm) -> None:  # noqa: F811
    keep(firm.company)
    assert kept(firm.company, firm.account) == {"items": [], "may_keep": False}
    assert keep(firm.company, "Autre", as_=firm.account).status == 403


def test_who_does_not_administer_sees_none(company: Company, world: World) -> None:
    company.confirmed("lecteur@example.com")
    path = f"{company.path}/profiles"
    assert world.under.get(path, as_=world.account("lecteur@example.com")).status == 403
    assert world.under.get(path, as_=world.account("personne@example.com")).status == 404


def test_aa52_it_binds_the_version_that_was_shown(company: Company, world: World) -> None:
    profile = keep(company).json["profile_id"]
    act(company, profile, "name", name="Paie")
    assert act(company, profile, "name", name="Autre").status == 412
    assert act(company, profile, "end").status == 412
    path = f"{company.path}/profiles/{profile}/end"
    assert world.under.post(path, as_=company.founder).status == 428
    other = world.company(2)
    assert act(other, profile, "end", 2).status == 404
