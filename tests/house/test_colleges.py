"""Who has one collège is shown nobody of another: what has a collège is read with those of the reader (decision 56).

Today no service but delegation keeps anybody's collège: dsn knows establishments and months. Whoever adds a column that
says of people which collège they are of, or reads the rubrics that do, meets this test first.
"""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest

from tests.house.sources import ROOT, python

# What a column is called that says of which population somebody is, and the rubrics of the norm that say it.
COLUMN = re.compile(r"^(colleges?|categor(y|ie)s?|statut_categoriel|classification|statut_conventionnel)$")
RUBRICS = ("S21.G00.40.002", "S21.G00.40.003", "S21.G00.40.004", "S21.G00.40.041")
OTHERS = ("identity", "notification", "dsn", "contact")
ASKS = "scopes("  # Grant.scopes, of backbone/rights/grants.py


def columns(text: str) -> set[str]:
    """The columns of a module of tables that say a collège."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call) and node.args)
    named = (call.args[0] for call in calls if ast.unparse(call.func).endswith("Column"))
    names = (one.value for one in named if isinstance(one, ast.Constant))
    return {str(name) for name in names if COLUMN.match(str(name))}


def unfiltered(tables: str, readers: Mapping[str, str]) -> Iterator[str]:
    """Which `readers` (source by name) name such a column of `tables` and do not ask for the reader's collèges."""
    for name, text in readers.items():
        said = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
        if columns(tables) & said and ASKS not in text:
            yield name


@pytest.mark.parametrize("service", OTHERS)
def test_a_query_of_something_that_has_a_college_takes_the_colleges_of_its_reader(service: str) -> None:
    tables = ROOT / "services" / service / "storage" / "tables.py"
    queries = [path for path in python("services") if path.parts[1:3] == (service, "queries")]
    found = list(unfiltered(tables.read_text(), {str(path): (ROOT / path).read_text() for path in queries}))
    assert not found, f"{found}: keep what grant.scopes(functions, level) gives, and try it (decision 56)."


def test_the_declarations_that_are_kept_say_nobodys_college() -> None:
    kept = columns((ROOT / "services/dsn/storage/tables.py").read_text())
    labels = "services/dsn/domain/rubrics.py"  # what a caisse's answer may name; nothing of it is read
    readers = [path for path in python("services") if path.parts[1] == "dsn" and str(path) != labels]
    read = [str(path) for path in readers if any(one in (ROOT / path).read_text() for one in RUBRICS)]
    assert not kept and not read, f"{kept or read}: Suivi DSN says that it is the whole establishment's (decision 56)."


def test_one_that_does_not_ask_is_seen_and_one_that_does_is_not() -> None:
    tables = 'individual = sa.Table("individual", METADATA, sa.Column("college", sa.String(10)), sa.Column("rank", X))'
    bare, asking = "sa.select(individual.c.college)", "where(individual.c.college.in_(grant.scopes(DSN)))"
    assert list(unfiltered(tables, {"bare": bare, "asking": asking, "apart": "sa.select(site.c.siret)"})) == ["bare"]
