"""What a sentence points to is in the repository: no word leads to papers that a clone has not."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.sources import BINARY, ROOT, committed, functions, python, texts

HERE = "tests/house/test_pointers.py"
TO_COME = "newcomer"  # its tests name what make new is to write
ELSEWHERE = {
    "a list of features": r"\bfeatures? \d",
    "a design": r"\bDESIGN\b|\bgoals? (?:§|of section)|\border of the design\b",
    "an issue": r"\bissues? #?\d|\(issue\b|\bof the issue\b|\d's issue\b",
    "somebody's notes": r"\b(?:portal|walks|style|features|behaviours|libraries)\.md\b|\breference/\w|guide-pratique",
    "a section of no page": r"(?<!\d)\s§|\(§",
}
FOLDERS = "backbone|contracts|services|gateway|embedded|tests|docs|tools|scripts|deploy|benchmarks"
FILE = re.compile(rf"(?<![\w/.-])((?:{FOLDERS})/[\w/-]+\.(?:py|md|html|sh|ya?ml|toml|js|css|json|svg))\b")
NAME = re.compile(r"\w+_\w+")
QUOTED = re.compile(r"`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`")
TEST = re.compile(r"\b(test_\w+)(…?)")
INSIDE = re.compile(r"\b(test_\w+)::(test_\w+)(…?)")
DECISIONS = re.compile(r"\b[Dd]ecisions?\s+(\d{1,4}\b(?:(?:,\s| and )\d{1,4}\b)*)")


def read() -> Iterator[tuple[Path, str]]:
    for path, text in texts():
        if path.suffix not in (*BINARY, ".txt") and "vendor" not in path.parts and str(path) != HERE:
            yield path, text


@pytest.mark.parametrize("what", ELSEWHERE)
def test_no_word_leads_out_of_the_repository(what: str) -> None:
    for path, text in read():
        found = [text[max(0, one.start() - 60) : one.end() + 20] for one in re.finditer(ELSEWHERE[what], text)]
        assert not found, f"{path} points to {what} that a clone has not: say the sentence itself. {found}"


def test_every_file_that_is_named_is_there() -> None:
    for path, text in read():
        gone = {page for page in FILE.findall(text) if not (ROOT / page).exists() and TO_COME not in path.parts}
        assert not gone, f"{path} names {sorted(gone)}: the file moved, so move the sentence."


def test_every_test_that_a_page_names_is_there() -> None:
    there = {path.stem for path in python("tests")} | {one.name for path in python("tests") for one in functions(path)}
    for path, text in read():
        named = TEST.findall(text) if path.suffix == ".md" else []
        gone = [name for name, cut in named if name not in there and not (cut and any(map(starting(name), there)))]
        assert not gone, f"{path} names {gone}: a test that nobody can run."


def test_a_test_that_a_page_names_by_its_file_is_in_it() -> None:
    inside: dict[str, set[str]] = {}
    for path in python("tests"):
        inside.setdefault(path.stem, set()).update(one.name for one in functions(path))
    for path, text in read():
        named = INSIDE.findall(text) if path.suffix == ".md" else []
        gone = [(file, name) for file, name, cut in named if not _in(inside.get(file, set()), name, cut)]
        assert not gone, f"{path} names {gone}: the test moved, or says something else by now."


def _in(there: set[str], name: str, cut: str) -> bool:
    return name in there or bool(cut) and any(map(starting(name), there))


def test_every_name_of_code_that_a_page_says_is_there() -> None:
    said = [text for path, text in read() if path.suffix not in (".md", ".json")]
    there = set(NAME.findall("\n".join([*map(str, committed()), *said]).replace("/", "\n")))
    there |= {re.sub(r"^\d+_", "", name) for name in there}
    for path, text in read():
        if path.suffix == ".md" and path.parts[:2] != ("docs", "decisions"):  # a decision says what was, too
            gone = sorted({name for name in QUOTED.findall(text) if name not in there})
            assert not gone, f"{path} names {gone}: nothing is called so any more."


def starting(name: str) -> Callable[[str], bool]:
    return lambda one: one.startswith(name)


def test_every_decision_that_is_named_is_there() -> None:
    taken = {int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
    for path, text in read():
        named = {int(number) for found in DECISIONS.findall(text) for number in re.findall(r"\d+", found)}
        assert named <= taken, f"{path} names {sorted(named - taken)}, which are no decisions: see docs/decisions."


def test_the_numbers_of_a_sentence_are_read() -> None:
    text = "decisions 14, 16 and 0023 say; [decision 27](0027-a-limit.md); decision 5 says"
    assert re.findall(r"\d+", " ".join(DECISIONS.findall(text))) == ["14", "16", "0023", "27", "5"]
