"""Addresses as administrators and the caisse type them: one rule, and two domains stay two (K7)."""

from typing import Any

import pytest

from tests.service.delegation.world import Company, World, line

SHARP, PLAIN, CODED = "compta@straße.example.com", "compta@strasse.example.com", "compta@xn--strae-oqa.example.com"


def address(company: Company, email: str) -> Any:
    """What is kept of the address of a delegation to `email`."""
    return company.see(company.opened(email)).json["email"]


@pytest.mark.parametrize("typed", [SHARP, f"\ufeff {SHARP}\u200b", "compta@STRAßE.example.com\u00a0"])
def test_k7_another_alphabet_never_becomes_another_domain(company: Company, typed: str) -> None:
    assert address(company, typed) == CODED


def test_k7_two_domains_that_idna_2003_merged_are_two_people(company: Company) -> None:
    company.opened(SHARP)
    assert company.ask(PLAIN).status == 201
    assert [company.ask(again).status for again in (CODED, f"Compta{SHARP[6:]}", PLAIN.upper())] == [409] * 3


def test_k7_the_referential_s_founder_too(world: World) -> None:
    assert world.send(line(5, administrateur_email=f"\u200b{SHARP}\ufeff")).json["rejected"] == []
    assert world.event("delegation.opened")["beneficiary"]["email"] == CODED


@pytest.mark.parametrize("typed", ["=?utf-8?q?a?=@example.com", "cla\u200bire@example.com", "é@example.com"])
def test_k7_what_a_reader_could_take_for_another_is_that_lines_refusal(world: World, typed: str) -> None:
    answer = world.send(line(5, administrateur_email=typed), line(6))
    assert [one["line"] for one in answer.json["rejected"]] == [2]
    assert answer.json["created"] == 1
