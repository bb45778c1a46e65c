"""What the firm delegates under its own delegation is bounded by it at every moment (C10, G28)."""

import pytest

from tests.service.delegation.world import READ, Company, World

FIRM = "comptable@example.com"
STAFF = "collaborateur@comptagestion.example.com"


class Firm:
    """The firm, administrator by delegation, and somebody of its staff."""

    def __init__(self, company: Company, world: World, **changes: str) -> None:
        self.company, self.world = company, world
        self.delegation = company.confirmed(FIRM, administrator=True, **changes)
        self.account = world.account(FIRM)

    def delegate(self, email: str = STAFF, **changes: object) -> str:
        """The id of a confirmed sub-delegation."""
        child = self.company.opened(email, as_=self.account, kind="collaborateur", **changes)
        self.world.identify(child, email)
        assert self.company.act(child, "confirmation", as_=self.account).status == 204
        return child


@pytest.fixture
def firm(company: Company, world: World) -> Firm:
    return Firm(company, world)


def test_a_sub_delegation_knows_its_parent_and_stays_the_firms_t8(firm: Firm, world: World) -> None:
    """A collaborator of the firm gets in by a delegation too (G72)."""
    world.events()
    firm.company.opened(STAFF, as_=firm.account, kind="collaborateur", administrator=True)
    data = world.event("delegation.opened")
    assert (str(data["parent_id"]), data["kind"]) == (firm.delegation, "cabinet")


def test_the_firms_administrators_and_the_companys_are_asked_to_confirm_g52(firm: Firm, world: World) -> None:
    child = firm.company.opened(STAFF, as_=firm.account)
    world.events()
    world.identify(child, STAFF)
    asked = {one["email"] for one in world.event("delegation.completed")["administrators"]}
    assert asked == {FIRM, "patron1@example.com"}


def test_closing_the_firm_closes_its_staff_c10(firm: Firm, world: World) -> None:
    firm.delegate()
    pending = firm.company.opened("pending@example.com", as_=firm.account)
    world.events()
    assert firm.company.act(firm.delegation, "closing").status == 204
    assert world.events() == ["delegation.closed"] * 3
    assert firm.company.sites_of(world.account(STAFF)) == 0
    assert firm.company.see(pending).json["statut"] == "Inactif"


def test_reducing_the_firm_reduces_its_staff_and_says_so_c10(firm: Firm, world: World) -> None:
    child = firm.delegate(rights={"mes_documents": "mise_a_jour", "mes_salaries": "mise_a_jour"})
    world.events()
    reduced = {"administrator": False, "colleges": ["etam"], "rights": READ, "ends_on": "2026-12-31"}
    assert firm.company.change(firm.delegation, **reduced).status == 204
    told = [event for event in world.under.recorded() if str(event.data["delegation_id"]) == child]
    (data,) = [event.data for event in told]
    assert (data["rights"], data["colleges"], str(data["ends_on"])) == (READ, ["etam"], "2026-12-31")


def test_what_was_granted_comes_back_with_the_firms_rights_c10(firm: Firm) -> None:
    rights = {"mes_documents": "mise_a_jour"}
    child = firm.delegate(rights=rights)
    firm.company.change(firm.delegation, administrator=False, rights=READ)
    assert firm.company.see(child).json["rights"] == READ
    firm.company.change(firm.delegation, administrator=True, colleges=[], rights={})
    assert firm.company.see(child).json["rights"] == rights


def test_the_bound_goes_down_every_level_c10(firm: Firm, world: World) -> None:
    firm.delegate(administrator=True)
    staff = world.account(STAFF)
    deep = firm.company.opened("stagiaire@example.com", as_=staff)
    world.identify(deep, "stagiaire@example.com")
    assert firm.company.act(deep, "confirmation", as_=staff).status == 204
    firm.company.change(firm.delegation, administrator=False, colleges=["etam"], rights=READ)
    assert firm.company.see(deep).json["colleges"] == ["etam"]
    firm.company.act(firm.delegation, "closing")
    assert firm.company.see(deep).json["statut"] == "Inactif"


def test_a_firm_until_june_grants_until_june_c10(company: Company, world: World) -> None:
    firm = Firm(company, world, ends_on="2027-06-30")
    assert company.ask(STAFF, as_=firm.account).status == 403
    assert company.ask(STAFF, as_=firm.account, ends_on="2027-06-30").status == 201


def test_a_shorter_firm_shortens_its_staff_to_the_day_c10(firm: Firm, world: World) -> None:
    firm.delegate()
    assert firm.company.act(firm.delegation, "closing", ends_on="2026-11-24").status == 204
    page = firm.company.list("courriel=collaborateur").json["items"]
    assert [one["ends_on"] for one in page] == ["2026-11-24"]


def test_the_firm_sees_and_manages_its_own_alone(firm: Firm, world: World) -> None:
    firm.company.confirmed("interne@example.com", kind="collaborateur")
    child = firm.delegate()
    seen = {one["email"] for one in firm.company.list(as_=firm.account).json["items"]}
    assert seen == {FIRM, STAFF}
    internal = firm.company.list("courriel=interne").json["items"][0]["delegation_id"]
    assert firm.company.see(internal, as_=firm.account).status == 404
    assert firm.company.act(internal, "closing", as_=firm.account).status == 404
    assert firm.company.change(child, colleges=["etam"], as_=firm.account).status == 204


def test_the_company_closes_the_firms_staff_one_by_one_too(firm: Firm, world: World) -> None:
    child = firm.delegate()
    assert firm.company.act(child, "closing").status == 204
    assert firm.company.sites_of(firm.account) == 1
