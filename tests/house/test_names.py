"""One service reads like another: its README says the same things under the same headings."""

import re

import pytest

from tests.house.sources import ROOT
from tests.support.services import EXPECTED, present

SAID = ("Owns", "Never does", "Listens", "Emits")
HEADINGS = ("## How it works", "## Pièges")  # the second comes last


def test_the_five_services_are_there() -> None:
    assert present() == list(EXPECTED), "a service without app.py is a stub: finish it or take it out of the design."


@pytest.mark.parametrize("service", EXPECTED)
def test_a_readme_says_the_same_things(service: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    lacking = [name for name in SAID if not re.search(rf"\*\*{name}\b", text)]
    assert not lacking and "tables" in text.lower(), (
        f"services/{service}/README.md does not say: {lacking or 'tables'}."
    )
    headings = re.findall(r"^## .*$", text, re.MULTILINE)
    assert HEADINGS[0] in headings and headings[-1] == HEADINGS[1], f"services/{service}/README.md: {HEADINGS}."
