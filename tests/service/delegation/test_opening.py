"""« Déléguer des droits » over HTTP (G24–G40)."""

from contracts.delegation import DELEGATION_OPENED
from tests.service.delegation.world import READ, TODAY, Company, World


def test_opening_announces_the_whole_state_and_who_did_it_g40(company: Company, world: World) -> None:
    company.opened()
    data = world.event("delegation.opened")
    assert set(data) == set(DELEGATION_OPENED.example)
    assert data["beneficiary"]["email"] == "comptable@example.com"
    assert (data["rights"], data["starts_on"], data["ends_on"]) == (READ, TODAY, None)
    assert data["opened_by"]["email"] == "patron1@example.com"
