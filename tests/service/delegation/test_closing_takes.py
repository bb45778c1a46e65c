"""What a closing takes with it is said before the button (C10, G19)."""

from tests.service.delegation.test_sub_delegation import Firm, firm  # noqa: F401  (a fixture)
from tests.service.delegation.world import Company, World


def takes(company: Company, delegation_id: str) -> tuple[int, int]:
    held = company.see(delegation_id).json
    return held["below"], held["left_to_review"]


def test_what_the_firm_delegated_goes_with_it_at_every_depth(firm: Firm, world: World) -> None:  # noqa: F811
    child = firm.delegate(administrator=True)
    firm.company.opened("stagiaire@example.com", as_=world.account("collaborateur@comptagestion.example.com"))
    closed = firm.delegate("parti@comptagestion.example.com")
    firm.company.act(closed, "closing")
    assert takes(firm.company, firm.delegation) == (2, 0)
    assert takes(firm.company, child) == (1, 0)
    world.events()
    firm.company.act(firm.delegation, "closing")
    assert world.events() == ["delegation.closed"] * 3


def test_what_an_administrator_granted_stays_and_is_to_review(company: Company, world: World) -> None:
    second = company.confirmed("adjoint@example.com", kind="collaborateur", administrator=True)
    company.confirmed("salarie@example.com", as_=world.account("adjoint@example.com"), kind="collaborateur")
    company.opened("attend@example.com", as_=world.account("adjoint@example.com"))
    assert takes(company, second) == (0, 2)
    company.act(second, "closing")
    assert sum(one["a_revoir"] for one in company.list().json["items"]) == 2
