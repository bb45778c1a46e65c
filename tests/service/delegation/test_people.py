"""What a person is called, for those who have access to the same adhérent, and for nobody else."""

from collections.abc import Sequence

import pytest

from backbone.ids import new_id
from backbone.testing import Answer
from tests.service.delegation.world import Company, World


def asked(company: Company, who: object, as_: object) -> tuple[int, object]:
    """The status and the body."""
    got = company.world.under.get(f"/v1/adherents/{company.id}/people/{who}", as_=as_)
    return got.status, got.json


def test_those_of_one_company_know_each_other_s_names_and_no_address(world: World, company: Company) -> None:
    company.confirmed("comptable@example.com")
    accountant = world.account("comptable@example.com")
    status, body = asked(company, company.founder, accountant)
    assert status == 200 and set(body) == {"nom", "prenom"}
    assert asked(company, accountant, company.founder)[0] == 200


def test_a_stranger_is_told_of_nobody_and_nobody_of_a_stranger(world: World, company: Company) -> None:
    other = world.company(2)
    answers = [
        asked(company, company.founder, other.founder),
        asked(company, other.founder, company.founder),
        asked(company, new_id(), company.founder),
    ]
    assert [(status, body["code"]) for status, body in answers] == [(404, "introuvable")] * 3


def several(company: Company, who: Sequence[object], as_: object) -> Answer:
    """The names of several, in one question."""
    return company.world.under.get(f"/v1/adherents/{company.id}/people?ids={','.join(map(str, who))}", as_=as_)


def test_several_are_named_in_one_question_and_strangers_are_left_out(world: World, company: Company) -> None:
    company.confirmed("comptable@example.com")
    accountant, stranger = world.account("comptable@example.com"), world.company(2).founder
    answer = several(company, [accountant, company.founder, stranger, new_id(), accountant], company.founder)
    told = {one["account_id"]: (one["prenom"], one["nom"]) for one in answer.json["items"]}
    assert told == {str(accountant): ("Claire", "Martin"), str(company.founder): ("Claire", "Martin")}
    assert several(company, [stranger], company.founder).json == {"items": []}


def test_who_has_no_access_is_told_of_nobody(world: World, company: Company) -> None:
    answer = several(company, [company.founder], world.company(2).founder)
    assert (answer.status, answer.json["code"]) == (404, "introuvable")


@pytest.mark.parametrize("count", [0, 31])
def test_as_many_as_one_page_names(company: Company, count: int) -> None:
    assert several(company, [new_id() for _ in range(count)], company.founder).status == 422
    assert several(company, [new_id() for _ in range(30)], company.founder).json == {"items": []}
