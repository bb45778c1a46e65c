"""What a person is called, for those who have access to the same adhérent, and for nobody else."""

from backbone.ids import new_id
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
