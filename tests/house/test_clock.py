"""Time has one judge per service (decision 26): the machine's date is read in one place, SQL asks for none, and every
service is given the clock of its database."""

import ast
import re

import pytest

from tests.house.sources import PRODUCT, ROOT, python, tree

READER = "backbone/clock.py"
# Each says why it may read the machine's clock: where nobody judges by it, or where there is no other.
OWN = {
    "backbone/clock.py": "the reader itself",
    "backbone/store/database_clock.py": "what is corrected by the database, and compared with it",
    "embedded/system.py": "one process on files of one machine",
    "embedded/demo.py": "the day that the demo is made for",
    "gateway/app.py": "it has no database: it shows days and judges nothing",
}
IN_SQL = {
    "backbone/store/database_clock.py": "the judge",
    "backbone/store/epochs.py": "a number that only has to rise, above those a restored copy forgot",
}
WALLS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "ctime"}
MODULES = {"time", "datetime", "date", "datetime.datetime", "datetime.date"}
SQL_FUNCTIONS = {"now", "current_timestamp", "localtimestamp", "current_date", "clock_timestamp"}
READS_SIGNED, AGES = {"loads", "unsign", "validate", "load"}, {"max_age"}
SQL = re.compile(r"\bnow\(\)|\b(current_timestamp|clock_timestamp|localtimestamp|current_date)\b", re.IGNORECASE)


def _walls(node: ast.AST) -> list[str]:
    """The calls under `node` that read the machine's date."""
    calls = [one.func for one in ast.walk(node) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
    return [ast.unparse(one) for one in calls if one.attr in WALLS and ast.unparse(one.value) in MODULES]


def _sql(node: ast.AST) -> list[str]:
    """What under `node` makes the database read its own clock in a statement."""
    found = [
        ast.unparse(one)
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and one.attr in SQL_FUNCTIONS and ast.unparse(one.value).endswith("func")
    ]
    texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return found + [text for text in texts if SQL.search(text)]


def _called(call: ast.Call) -> str:
    """The last name of what is called."""
    return ast.unparse(call.func).rpartition(".")[2]


def _from_time(node: ast.AST) -> set[str]:
    """What is taken out of `time` by name."""
    taken = [one for one in ast.walk(node) if isinstance(one, ast.ImportFrom) and one.module == "time"]
    return {name.name for one in taken for name in one.names}


@pytest.mark.parametrize("folder", PRODUCT)
def test_the_machines_date_is_read_in_one_place(folder: str) -> None:
    for path in python(folder):
        if str(path) != READER:
            assert not _walls(tree(path)), f"{path}: {_walls(tree(path))}: take `uow.now`, or the injected clock."
        assert not _from_time(tree(path)) & WALLS, f"{path}: `monotonic` counts seconds; a date comes from the clock."


@pytest.mark.parametrize("folder", PRODUCT)
def test_sql_judges_by_no_other_clock(folder: str) -> None:
    for path in python(folder):
        if str(path) not in IN_SQL:
            assert not _sql(tree(path)), f"{path}: {_sql(tree(path))}: bind `uow.now`, which tests can move."


@pytest.mark.parametrize("folder", PRODUCT)
def test_a_signature_has_no_age(folder: str) -> None:
    """A library that judges one asks the machine: what two gateways sign for each other has none (`PageCookie`)."""
    for path in python(folder):
        calls = [one for one in ast.walk(tree(path)) if isinstance(one, ast.Call)]
        aged = [one for one in calls if {key.arg for key in one.keywords} & AGES and _called(one) in READS_SIGNED]
        assert not aged, f"{path}: {ast.unparse(aged[0])}: who keeps the thing says when it is over."
    assert folder != "gateway" or "app.session_interface = PageCookie()" in (ROOT / "gateway/app.py").read_text()


def test_the_machines_clock_is_nobodys_choice() -> None:
    for path in python(*PRODUCT):
        named = "SystemClock" in (ROOT / path).read_text(encoding="utf-8")
        assert not named or str(path) in OWN, f"{path}: a service has `clock or DatabaseClock()`."


@pytest.mark.parametrize("path", [str(path) for path in python("services") if path.name == "app.py"])
def test_a_service_is_given_the_clock_of_its_database(path: str) -> None:
    assert "clock=clock or DatabaseClock()," in (ROOT / path).read_text(encoding="utf-8")
