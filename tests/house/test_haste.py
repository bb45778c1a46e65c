"""No test depends on the machine's haste: what it measures or waits for is for an idle machine, times `patience`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import python, tree

TESTS = [path for path in python("tests") if not str(path).startswith("tests/house/")]
COUNTED = ("monotonic()", "perf_counter()", "time.time()")
ASKS = {"httpx.get", "httpx.post", "httpx.put", "httpx.delete", "httpx.Client", "urlopen", "urllib.request.urlopen"}
SHORTEST = 5  # seconds that an answer of a real process may take
PROGRAM = 300  # seconds that a program may take that a test runs: its limit is for one that hangs
# Each says why it may: what hangs is what it is about.
SHORTER = {
    "tests/service/backbone/test_deadline.py": "the limit of a read, beneath the limit of the whole that it tests",
}


def _measured(path: Path) -> Iterator[str]:
    """The assertions that something took no longer than so many seconds of any machine."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assert):
            said = ast.unparse(node.test)
            if any(word in said for word in COUNTED) and "<" in said and "patience()" not in said:
                yield said


def _hurried(path: Path) -> Iterator[str]:
    """The questions to a real process that wait less than SHORTEST, or as long as a library likes (httpx: 5 s)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKS:
            named = {one.arg: one.value for one in node.keywords}
            limit = named.get("timeout")
            if "transport" in named or "**" in ast.unparse(node):
                continue
            if limit is None or isinstance(limit, ast.Constant) and limit.value < SHORTEST:
                yield ast.unparse(node)


def _cut_short(path: Path) -> Iterator[str]:
    """The programs that are ended after less than PROGRAM."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("subprocess."):
            limit = next((one.value for one in node.keywords if one.arg == "timeout"), None)
            if isinstance(limit, ast.Constant) and limit.value < PROGRAM:
                yield ast.unparse(node)


@pytest.mark.parametrize("path", TESTS, ids=str)
def test_a_busy_machine_fails_no_test(path: Path) -> None:
    assert not (found := list(_measured(path))), f"{path}: {found}: times patience() (tests/support/ports.py)."
    assert str(path) in SHORTER or not (asked := list(_hurried(path))), f"{path}: {asked}: give it a timeout of 30."
    assert not (cut := list(_cut_short(path))), f"{path}: {cut}: rabbitmqctl takes a minute beside four busy loops."
