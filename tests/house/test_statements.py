"""Statements, tables and their columns are in storage/ and in the SELECTs of queries/: a use case reads as its rule."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import imports, python, tree
from tests.support.services import EXPECTED

WITHOUT = ("domain", "steps", "use_cases", "api")


def spoken(path: Path) -> list[str]:
    """What `path` says of SQL itself: its library, a table, a column of one."""
    modules = [name for name in imports(path) if name.startswith("sqlalchemy") or ".storage.tables" in name]
    columns = [
        f".c in line {one.lineno}" for one in ast.walk(tree(path)) if isinstance(one, ast.Attribute) and one.attr == "c"
    ]
    return modules + columns


@pytest.mark.parametrize("service", EXPECTED)
def test_only_storage_and_queries_speak_of_tables(service: str) -> None:
    files = [path for path in python("services") if path.parts[1] == service and path.parts[2] in WITHOUT]
    found = {str(path): said for path in files if (said := spoken(path))}
    assert not found, (
        f"{found}: what is read or changed has a name of its own, a function of services/{service}/storage/."
    )


def test_a_column_and_a_table_are_seen() -> None:
    said = spoken(Path("services/identity/storage/sessions.py"))
    assert any(one.startswith(".c in") for one in said) and any(".storage.tables" in one for one in said)
