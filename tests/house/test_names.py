"""One service reads like another: the same names, and a README that says the same things."""

import pytest

from tests.house.sources import ROOT
from tests.support.services import EXPECTED, present

SECTIONS = ("owns", "never", "emits", "listens", "tables")


def test_the_five_services_are_there() -> None:
    assert present() == list(EXPECTED), "a service without app.py is a stub: finish it or take it out of EXPECTED."


@pytest.mark.parametrize("service", EXPECTED)
def test_a_readme_says_the_same_things(service: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8").lower()
    lacking = [section for section in SECTIONS if section not in text]
    assert not lacking, f"services/{service}/README.md does not say: {', '.join(lacking)}."
