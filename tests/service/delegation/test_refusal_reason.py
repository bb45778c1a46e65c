"""Why a delegation is refused: said by who refuses, if he wants to, and read by both sides (G52)."""

import pytest

from tests.service.delegation.world import Company, World


@pytest.fixture
def asked(company: Company, world: World) -> str:
    """A delegation that waits for an answer."""
    delegation_id = company.opened()
    world.identify(delegation_id, "comptable@example.com")
    world.events()
    return delegation_id


def refuse(company: Company, asked: str, **body: str) -> int:
    headers = {"If-Match": f'"{company.current(asked)}"'}
    path = f"{company.path}/delegations/{asked}/refusal"
    return int(company.world.under.post(path, json=body, as_=company.founder, headers=headers).status)


def test_the_reason_is_announced_and_kept_as_it_is_meant(company: Company, world: World, asked: str) -> None:
    assert refuse(company, asked, reason="  Il a quitté\u00a0 le cabinet. ") == 204
    assert world.event("delegation.refused")["reason"] == "Il a quitté le cabinet."
    journal = world.under.get(f"{company.path}/delegations/{asked}/journal", as_=company.founder).json["items"]
    assert journal[-1]["reason"] == "Il a quitté le cabinet."


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": " \u200b "}])
def test_a_reason_is_nobodys_duty(company: Company, world: World, asked: str, body: dict[str, str]) -> None:
    assert refuse(company, asked, **body) == 204
    assert "reason" not in world.event("delegation.refused")


def test_a_page_of_the_version_before_refuses_without_a_body(company: Company, asked: str) -> None:
    assert company.act(asked, "refusal").status == 204


@pytest.mark.parametrize("reason", ["x" * 201, "voir https://exemple.example", "a\u202eb", "une ligne\nune autre"])
def test_what_could_mislead_its_reader_is_refused_and_nothing_is_done(
    company: Company, world: World, asked: str, reason: str
) -> None:
    assert refuse(company, asked, reason=reason) == 422
    assert world.events() == [] and company.see(asked).json["statut_detail"] == "À confirmer"
