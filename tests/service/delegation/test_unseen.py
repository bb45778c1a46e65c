"""A refusal, a journal, a count say nothing of what the caller may not see (K10, AA22)."""

import json

import pytest

from backbone.testing import Answer
from tests.service.delegation.test_sub_delegation import STAFF, Firm
from tests.service.delegation.world import Company, World
from tests.support.statements import statements

NEUTRAL = "Cette adresse ne peut pas recevoir cette délégation. Rapprochez-vous de l'entreprise."


@pytest.fixture
def firm(company: Company, world: World) -> Firm:
    """A firm's administrator in a company that delegated to others too."""
    company.confirmed("actif@example.com", kind="collaborateur", ends_on="2026-12-31", nom="Secret")
    company.opened("attente@example.com", kind="collaborateur", starts_on="2027-01-01")
    return Firm(company, world)


def bytes_of(answer: Answer) -> str:
    """The answer without the id of its request."""
    return json.dumps({name: value for name, value in answer.json.items() if name != "instance"}, sort_keys=True)


def test_a_clash_the_firm_may_not_see_has_no_days_and_one_sentence(firm: Firm) -> None:
    unseen = ("actif@example.com", "patron1@example.com", "attente@example.com")
    answers = [firm.company.ask(email, as_=firm.account) for email in unseen]
    assert {(one.status, one.json["detail"]) for one in answers} == {(409, NEUTRAL)}
    assert len({bytes_of(one) for one in answers}) == 1


def test_it_takes_the_same_work_whatever_hides_behind_it(firm: Firm, world: World) -> None:
    ask = firm.company.ask
    ask("premiere@example.com", as_=firm.account)  # the first one of an account counts from nothing
    unseen = ("actif@example.com", "patron1@example.com", "attente@example.com")
    sent = [statements(world.under.engine, lambda one=one: ask(one, as_=firm.account)) for one in unseen]
    work = [[words[:60] for words in one] for one in sent]  # the lists of accounts in them are as long as they are
    assert work[0] == work[1] == work[2]


def test_a_clash_it_sees_has_its_days(firm: Firm) -> None:
    firm.delegate()
    refused = firm.company.ask(STAFF, as_=firm.account)
    assert (refused.status, refused.json["code"]) == (409, "delegation_existante")
    assert firm.company.ask("actif@example.com").json["detail"].endswith("du 23/11/2026 au 31/12/2026.")


def test_a_change_of_days_tells_no_more(firm: Firm) -> None:
    mine = firm.delegate("actif@example.com", starts_on="2027-01-01", ends_on="2027-06-30")
    refused = firm.company.change(mine, as_=firm.account, starts_on="2026-12-01")
    assert (refused.status, refused.json["detail"]) == (409, NEUTRAL)


def test_the_journal_names_the_firms_own_people_alone(firm: Firm, world: World) -> None:
    child = firm.delegate()
    firm.company.change(child, ends_on="2027-12-31")
    path = f"{firm.company.path}/delegations/{child}/journal"
    by_firm = [one["author"] for one in world.under.get(path, as_=firm.account).json["items"]]
    by_company = [one["author"] for one in world.under.get(path, as_=firm.company.founder).json["items"]]
    assert (by_firm[-1], by_company[-1]) == ("Un administrateur de l'entreprise", "Claire Martin")
    assert by_firm[:-1] == by_company[:-1]


def test_nor_does_it_say_that_another_one_of_the_firm_acted(firm: Firm, world: World) -> None:
    other = firm.company.confirmed("autre@example.com", administrator=True, nom="Blanc", prenom="Zoé")
    firm.company.act(firm.delegate(), "closing")
    entries = world.under.get(f"{firm.company.path}/delegations/{firm.delegation}/journal", as_=firm.account).json
    told = [(one["author"], one["on_behalf_of"]) for one in entries["items"]]
    assert told[0] == ("Un administrateur de l'entreprise", "entreprise")
    assert world.under.get(f"{firm.company.path}/delegations/{other}/journal", as_=firm.account).status == 404


def test_who_opened_it_neither(firm: Firm) -> None:
    assert firm.company.see(firm.delegation, as_=firm.account).json["opened_by"] == "Un administrateur de l'entreprise"
    assert firm.company.see(firm.delegation).json["opened_by"] == "Claire Martin"


def test_nor_the_refusal_of_a_stale_change(firm: Firm) -> None:
    child = firm.delegate()
    firm.company.change(child, ends_on="2027-12-31")
    stale = firm.company.change(child, as_=firm.account, version=1)
    assert stale.status == 412
    assert "Claire Martin" not in stale.json["detail"] and "Un administrateur de l'entreprise" in stale.json["detail"]


def test_neither_its_list_nor_a_search_counts_the_others(firm: Firm) -> None:
    assert firm.company.list("page_size=50", as_=firm.account).json["total"] == 1
    for filters in ("nom=secret", "courriel=actif", "statut=En attente", "date_fin=2026-12-31"):
        assert firm.company.list(filters, as_=firm.account).json["total"] == 0, filters
