"""A use case: one verb, its command, its test on the real service, its line in the guide's table."""

from pathlib import Path

from scripts.new import edits, names
from scripts.new.draft import Draft, Wish, filled

# How the tests of a service call it: the fixture with its type, where the type comes from, its unit of work.
UNDER = {
    "identity": ("identity: Identity", "from tests.service.identity.conftest import Identity", "identity.under"),
    "dsn": ("dsn: Dsn", "from tests.service.dsn.system import Dsn", "dsn"),
}
USUAL = ("under: ServiceUnderTest", "from backbone.testing import ServiceUnderTest", "under")


def draft(root: Path, wish: Wish) -> Draft:
    """The files of the use case `wish.name` of `wish.service`."""
    name = names.verb(wish.name)
    service = names.service(wish.service, "SERVICE= says whose use case it is")
    fixture, imported, under = UNDER.get(service, USUAL)
    words = {
        "name": name,
        "service": service,
        "said": name.replace("_", " "),
        "command": names.camel(name),
        "object": name.partition("_")[2],
        "fixture": fixture,
        "imported": imported,
        "under": under,
    }
    made = Draft(root)
    made.make(f"services/{service}/use_cases/{name}.py", "use_case.txt", **words)
    made.make(f"tests/service/{service}/test_{name}.py", "use_case_test.txt", **words)
    if "USE_CASES" in (root / f"services/{service}/app.py").read_text(encoding="utf-8"):
        made.change(f"services/{service}/app.py", lambda text: _listed(text, service, name))
    row = f"| {words['said']} | {service} `{name}` | – | service `test_{name}` |"
    made.change("docs/guide.md", lambda text: edits.last_row(text, row))
    made.left = filled("use_case_left.txt", **words).split("\n\n")
    return made


def _listed(text: str, service: str, name: str) -> str:
    """app.py, whose table of contents names one use case more."""
    line = f"from services.{service}.use_cases.{name} import {name}"
    return edits.import_line(edits.item(text, "USE_CASES", name), line)
