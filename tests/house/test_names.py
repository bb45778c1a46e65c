"""One service reads like another: the same names, and a README that says the same things."""

import pytest

from tests.house.sources import ROOT, committed
from tests.support.services import EXPECTED, present

NAMES = (
    "README.md",
    "domain",
    "use_cases",
    "queries",
    "api",
    "api_schemas",
    "listeners",
    "jobs",
    "storage",
    "settings",
    "app",
    "migrations",
)
OUTSIDE = {"adapters", "messages", "data"}  # what faces the outside world, and files that are data
SECTIONS = ("owns", "never", "emits", "listens", "tables")
BEGUN = [name for name in EXPECTED if (ROOT / "services" / name).exists()]


def names(service: str) -> set[str]:
    """What stands at the top of a service's folder, without the endings."""
    tops = {path.parts[2] for path in committed() if path.parts[:2] == ("services", service)}
    return {top.removesuffix(".py") for top in tops} - {"__init__"}


def test_the_five_services_are_there() -> None:
    assert present() == list(EXPECTED), "a service without app.py is a stub: finish it or take it out of EXPECTED."


@pytest.mark.parametrize("service", BEGUN)
def test_a_service_has_no_name_of_its_own(service: str) -> None:
    odd = names(service) - set(NAMES) - OUTSIDE
    assert not odd, f"services/{service}: {sorted(odd)} is a name no other service has; one of {', '.join(NAMES)}."


@pytest.mark.parametrize("service", EXPECTED)
def test_a_readme_says_the_same_things(service: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8").lower()
    lacking = [section for section in SECTIONS if section not in text]
    assert not lacking, f"services/{service}/README.md does not say: {', '.join(lacking)}."
