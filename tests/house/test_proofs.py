"""Each thing that was asked of the DSN, and each proof of it, names its tests: docs/dsn-proofs.md is no promise."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, functions, python

PAGE = ROOT / "docs" / "dsn-proofs.md"
LINE = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
PROOFS, ASKED = re.split(r"^## .*$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]


def where(name: str) -> list[Path]:
    """The files that hold a test."""
    return [path for path in python("tests") if any(one.name == name for one in functions(path))]


def named(part: str) -> dict[int, list[str]]:
    return {int(number): re.findall(r"`(test_\w+)`", cell) for number, cell in LINE.findall(part)}


@pytest.mark.parametrize(("part", "last"), [(PROOFS, 10), (ASKED, 12)], ids=["proofs", "asked"])
def test_each_line_names_tests_that_are_there(part: str, last: int) -> None:
    lines = named(part)
    assert list(lines) == list(range(1, last + 1))
    gone = {number: [one for one in tests if not where(one)] for number, tests in lines.items()}
    assert all(lines.values()) and not any(gone.values()), f"{PAGE.name} names {gone}: a test that nobody can run."


def test_what_was_asked_is_shown_over_http() -> None:
    for number, tests in named(ASKED).items():
        homes = {path.parts[1] for one in tests for path in where(one)}
        assert "service" in homes, f"line {number} of {PAGE.name}: a test that asks the service as others do."
