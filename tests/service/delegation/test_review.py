"""The review of an adhérent's delegations: kept, reduced or closed in one form, asked by mail and on the home page."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from backbone.clock import FixedClock
from backbone.testing import Answer
from tests.service.delegation.test_home import home, use
from tests.service.delegation.test_sub_delegation import Firm
from tests.service.delegation.world import READ, Company, World

TWO = {"mes_documents": "mise_a_jour", "mes_salaries": "consultation"}
LONG = timedelta(days=190)


def seen(company: Company, query: str = "", as_: UUID | None = None) -> Any:
    """What is to be reviewed."""
    answer = company.world.under.get(f"{company.path}/review?{query}", as_=as_ or company.founder)
    assert answer.status == 200, answer.json
    return answer.json


def said(company: Company, delegation: str | UUID, answer: str, version: int = 0, **more: Any) -> dict[str, Any]:
    """One answer, on the current version."""
    number = version or company.current(delegation)
    return {"delegation_id": str(delegation), "version": number, "answer": answer, **more}


def answer(company: Company, *answers: dict[str, Any], as_: UUID | None = None) -> Answer:
    path = f"{company.path}/review"
    return company.world.under.post(path, json={"answers": list(answers)}, as_=as_ or company.founder)


def refused(given: Answer) -> dict[str, str]:
    """What is said beside each delegation."""
    assert (given.status, given.json["code"]) == (409, "revue_refusee"), given.json
    return {one["field"]: one["code"] for one in given.json["errors"]}


def asked(world: World) -> list[Any]:
    """The asks that the job records."""
    world.under.clear()
    world.under.run_job("ask_reviews")
    return [event.data for event in world.under.recorded() if event.type == "review.asked.v1"]


def test_it_shows_what_each_gives_and_when_each_right_was_last_used(company: Company, world: World) -> None:
    mine = company.confirmed("adjoint@example.com", kind="collaborateur", rights=TWO)
    company.opened("attente@example.com", kind="collaborateur")
    use(company, "mes_documents", "mon_compte", as_=world.account("adjoint@example.com"))
    found = seen(company)
    (line,) = found["items"]
    assert (line["delegation_id"], line["rights"], found["total"]) == (mine, TWO, 1), "what waits is not reviewed"
    assert line["used"] == {"mes_documents": "2026-11-23"}, "a page that is no right is not told"
    assert (line["due"], line["reviewed_at"], line["reviewed_by"]) == (None, None, None)


def test_one_form_keeps_reduces_and_closes(company: Company, world: World) -> None:
    keep, less, end = (company.confirmed(f"{n}@example.com", kind="collaborateur", rights=TWO) for n in "abc")
    world.events()
    given = answer(
        company,
        said(company, keep, "garder"),
        said(company, less, "reduire", rights=READ),
        said(company, end, "fermer"),
    )
    assert given.status == 204, given.json
    assert world.events() == ["delegation.changed", "delegation.changed", "delegation.closed"]
    assert (company.see(keep).json["rights"], company.see(less).json["rights"]) == (TWO, READ)
    assert company.see(end).json["statut"] == "Inactif"
    lines = {one["delegation_id"]: one for one in seen(company)["items"]}
    assert {lines[one]["reviewed_by"] for one in (keep, less)} == {"Claire Martin"}
    acts = [one["act"] for one in world.under.get(f"{company.path}/journal", as_=company.founder).json["items"][:3]]
    assert sorted(acts) == ["fermeture", "modification", "revue"]


def test_it_is_all_or_nothing_and_each_refusal_names_its_delegation(company: Company, world: World) -> None:
    keep, stale, raised, same = (
        company.confirmed(f"{n}@example.com", kind="collaborateur", rights=READ) for n in "abcd"
    )
    world.events()
    given = answer(
        company,
        said(company, keep, "garder"),
        said(company, stale, "garder", version=1),
        said(company, raised, "reduire", rights=TWO),
        said(company, same, "reduire", rights=READ),
        said(company, company.founder_delegation, "fermer"),
    )
    assert refused(given) == {
        stale: "version_perimee",
        raised: "droit_augmente",
        same: "rien_a_reduire",
        str(company.founder_delegation): "propre_delegation",
    }
    assert world.events() == []
    assert seen(company)["items"][0]["reviewed_at"] is None


def test_the_last_administrator_stays_whatever_is_answered_m7(company: Company, world: World) -> None:
    long, other = (company.confirmed(f"{n}@example.com", kind="collaborateur", administrator=True) for n in "ab")
    company.confirmed("court@example.com", kind="collaborateur", administrator=True, ends_on="2027-01-31")
    assert company.act(company.founder_delegation, "closing").status == 204
    short = world.account("court@example.com")
    both = answer(company, said(company, long, "fermer"), said(company, other, "fermer"), as_=short)
    assert refused(both) == {other: "dernier_administrateur"}, "the second of them is the last one"
    assert answer(company, said(company, long, "fermer"), as_=short).status == 204


def test_one_s_own_is_not_reviewed_and_an_administrator_who_is_reduced_is_a_user(
    company: Company, world: World
) -> None:
    first, second = (company.confirmed(f"{n}@example.com", kind="collaborateur", administrator=True) for n in "ab")
    one = world.account("a@example.com")
    assert refused(answer(company, said(company, first, "fermer"), as_=one)) == {first: "propre_delegation"}
    assert answer(company, said(company, second, "reduire", rights=READ), as_=one).status == 204
    assert company.see(second).json["role"] == "Utilisateur"


def test_what_a_former_administrator_granted_is_kept_by_who_answers(company: Company, world: World) -> None:
    former = company.confirmed(
        "ancien@example.com", kind="collaborateur", administrator=True, nom="Petit", prenom="Luc"
    )
    left = company.confirmed("reste@example.com", kind="collaborateur", as_=world.account("ancien@example.com"))
    assert company.act(former, "closing").status == 204
    assert seen(company, "a_revoir=true")["items"][0]["due"] == "depart"
    assert home(company)["to_review"] == 1
    assert answer(company, said(company, left, "garder")).status == 204
    assert (home(company)["to_review"], company.see(left).json["a_revoir"]) == (0, False)
    assert seen(company, "a_revoir=true")["total"] == 0


def test_who_keeps_what_is_left_owns_as_much_c10(company: Company, world: World) -> None:
    former = company.confirmed("ancien@example.com", kind="collaborateur", administrator=True)
    left = company.confirmed("reste@example.com", kind="collaborateur", as_=world.account("ancien@example.com"))
    company.confirmed("court@example.com", kind="collaborateur", administrator=True, ends_on="2027-01-31")
    company.act(former, "closing")
    short = world.account("court@example.com")
    assert refused(answer(company, said(company, left, "garder"), as_=short)) == {left: "droit_non_possede"}


def test_after_six_months_the_company_is_asked_once(company: Company, world: World, clock: FixedClock) -> None:
    mine = company.confirmed("adjoint@example.com", kind="collaborateur")
    assert (asked(world), home(company)["to_review"]) == ([], 0)
    clock.advance(LONG)
    assert home(company)["to_review"] == 1
    (told,) = asked(world)
    assert (told["reason"], told["left"]) == ("periode", [])
    assert [one["email"] for one in told["administrators"]] == ["patron1@example.com"]
    assert asked(world) == [], "once"
    answer(company, said(company, mine, "garder"))
    assert home(company)["to_review"] == 0
    clock.advance(LONG)
    assert len(asked(world)) == 1, "again, half a year later"


def test_nobody_is_asked_at_night(company: Company, world: World, clock: FixedClock) -> None:
    company.confirmed("adjoint@example.com", kind="collaborateur")
    clock.advance(LONG + timedelta(hours=12))
    assert asked(world) == []


def test_after_an_administrator_left_those_who_remain_are_asked(company: Company, world: World) -> None:
    former = company.confirmed(
        "ancien@example.com", kind="collaborateur", administrator=True, nom="Petit", prenom="Luc"
    )
    company.confirmed("reste@example.com", kind="collaborateur", as_=world.account("ancien@example.com"))
    assert asked(world) == []
    company.act(former, "closing")
    (told,) = asked(world)
    assert (told["reason"], told["left"]) == ("depart", ["Luc Petit"])
    assert asked(world) == []


def test_the_firm_reviews_what_it_delegated_and_sees_nothing_else(company: Company, world: World) -> None:
    firm = Firm(company, world)
    child = firm.delegate()
    company.confirmed("autre@example.com", kind="collaborateur")
    assert [one["delegation_id"] for one in seen(company, as_=firm.account)["items"]] == [child]
    assert child not in {one["delegation_id"] for one in seen(company)["items"]}, "the firm's are the firm's to review"
    assert answer(company, said(company, child, "garder"), as_=firm.account).status == 204


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_is_for_who_administers_aa26(company: Company, world: World, method: str) -> None:
    mine = company.confirmed("adjoint@example.com", kind="collaborateur")
    user, stranger = world.account("adjoint@example.com"), world.account("autre@example.com")
    body = {} if method == "get" else {"json": {"answers": [said(company, mine, "garder")]}}
    call = getattr(world.under, method)
    assert [call(f"{company.path}/review", as_=who, **body).status for who in (user, stranger)] == [403, 404]


def test_a_form_answers_each_delegation_once_and_is_bounded(company: Company) -> None:
    mine = company.confirmed("adjoint@example.com", kind="collaborateur")
    twice = [said(company, mine, "garder"), said(company, mine, "fermer")]
    assert answer(company, *twice).status == 422
    assert answer(company).status == 422
