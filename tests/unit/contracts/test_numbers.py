"""SIREN and SIRET by one library for all (D9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.numbers import right_siren, right_siret
from services.delegation.domain import referential
from services.dsn.domain.neodes import header
from tools.referential.numbers import siren, siret


@pytest.mark.parametrize("text", ["73282932000074", "35600000000048", "35600000009075"])
def test_a_right_siret(text: str) -> None:
    assert right_siret(text)


@pytest.mark.parametrize(
    "text",
    [
        "35600000000014",
        "35600000009076",
        "73282932000075",
        "7328293200007",
        "732 829 320 00074",
        "٧٣٢٨٢٩٣٢٠٠٠٠٧٤",
        "",
        "0" * 15,
    ],
)
def test_a_wrong_one_la_poste_s_included(text: str) -> None:
    assert not right_siret(text)


def test_delegation_and_dsn_ask_the_same_function() -> None:
    assert referential.right_siret is header.right_siret is right_siret


@given(st.integers(1, 99_999_999), st.integers(0, 9999))
def test_what_the_generator_makes_is_right(company: int, site: int) -> None:
    number = siren(company)
    assert right_siren(number)
    assert number == "356000000" or right_siret(siret(number, site))


@given(st.text(max_size=16))
def test_no_text_breaks_it(text: str) -> None:
    assert not (right_siren(text) and right_siret(text))
