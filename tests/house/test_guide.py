"""docs/guide.md is no promise: each statement of the guide has one row, whose tests speak of it and assert."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import ROOT, functions, python, tree

PAGE, SENTENCES = "docs/guide.md", "docs/guide-sentences.txt"
RANGE = r"([GT])(\d{1,2})(?:[–-]\1?(\d{1,2}))?(?![\w–-])"
CODE = re.compile(rf"(?<![\w–-]){RANGE}")
LEADS = re.compile(r"(?:[A-Z]{1,2}\d+(?:[–-][A-Z]{0,2}\d+)?(?:, | |$))+")
IN_A_NAME = re.compile(r"_([gt])(\d{1,2})(?=_|$)")
CITED = re.compile(r"`((?:\w+/)*(?:test_\w+::)?test_\w+…?)(?:\.py)?`")
FOLDERS = {"service": "tests/service", "unit": "tests/unit", "house": "tests/house", ";": "tests"}
NOT_BUILT = re.compile(r"\bmissing\b|\bmanqu\w+|\bTODO\b|not built", re.IGNORECASE)
CHAPTER = re.compile("Chapter « (.+?) »")
CHAPTERS = (
    "Ouverture de compte",
    "Connexion à l'espace sécurisé",
    "Associer un nouveau site déclarant à mon espace",
    "Mise à jour des informations de connexion",
    "Gestion des droits d'accès",
    "Contacter la caisse via le formulaire de contact",
)
EVERY = [f"G{n}" for n in range(1, 88)] + [f"T{n}" for n in range(1, 11)]
Test = tuple[Path, ast.FunctionDef]


def numbers(text: str) -> Iterator[str]:
    """The numbers of a text, those between the two ends of a range included."""
    for family, first, last in CODE.findall(text):
        yield from (f"{family}{one}" for one in range(int(first), int(last or first) + 1))


def table() -> Iterator[list[str]]:
    """The cells of each row: what is said, who decides, who shows, which tests."""
    for line in (ROOT / PAGE).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and cells[0] not in ("behaviour", "---"):
            yield cells


def own(said: str) -> list[str]:
    """The numbers that a row begins with: it is their row. Others may stand in it too, in brackets."""
    leads = LEADS.match(said)
    return list(numbers(leads.group())) if leads else []


def cited(cell: str) -> Iterator[tuple[str, list[Test]]]:
    """Each test that a cell cites, by its file, by its name, or by both, with the functions that are meant: none where
    it is not there. « service », « unit » and « house » say where the files after it are."""
    where, file = "tests", ""
    for word, name in re.findall(rf"(service|unit|house|;)|{CITED.pattern}", cell):
        if word:
            where = FOLDERS[word]
            continue
        *folders, last = name.split("/")
        stem, _, function = last.partition("::")
        if not function and not _files("tests", stem):
            stem, function = file, stem
        file = stem
        wanted = [path for path in _files(where, stem) or _files("tests", stem) if _ends(path, folders)]
        yield name, [(path, one) for path in wanted for one in _tests(path) if _is(one.name, function)]


def _files(where: str, stem: str) -> list[Path]:
    return [path for path in python("tests") if path.stem == stem and path.is_relative_to(where)]


def _ends(path: Path, folders: list[str]) -> bool:
    return [one for one in path.parts[:-1] if one in folders] == folders


def _is(name: str, wanted: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith("…") else wanted in ("", name)


def _tests(path: Path) -> list[ast.FunctionDef]:
    return [one for one in functions(path) if one.name.startswith("test_")]


def spoken_of(test: Test) -> set[str]:
    """The numbers that a test says it is about: in its name, in its docstring, or as the sentences that it compares."""
    path, one = test
    named = {f"{family.upper()}{number}" for family, number in IN_A_NAME.findall(one.name)}
    text = (ROOT / SENTENCES).read_text(encoding="utf-8") if path.stem == "test_guide_sentences" else ""
    compared = {line.split()[0] for line in text.splitlines() if CODE.match(line)}
    return named | compared | set(numbers(ast.get_docstring(one) or ""))


@cache
def asserts(path: Path, name: str, depth: int = 4) -> bool:
    """Does a function of this file, or of the files of tests that it imports, assert, itself or by what it calls?"""
    here = [one for one in functions(path) if one.name == name]
    return any(_asserts(path, one, depth) for one in here)


def _asserts(path: Path, one: ast.FunctionDef, depth: int) -> bool:
    calls = [node.func for node in ast.walk(one) if isinstance(node, ast.Call)]
    called = {call.attr if isinstance(call, ast.Attribute) else call.id for call in calls if _has_name(call)}
    if any(isinstance(node, ast.Assert) for node in ast.walk(one)) or called & {"expect", "raises"}:
        return True
    return depth > 0 and any(asserts(file, name, depth - 1) for file in _reach(path) for name in called)


def _has_name(call: ast.expr) -> bool:
    return isinstance(call, ast.Attribute | ast.Name)


@cache
def _reach(path: Path) -> tuple[Path, ...]:
    """The file, and those of the tests that it imports from."""
    taken = [node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    modules = [Path(name.replace(".", "/")).with_suffix(".py") for name in taken if name.startswith("tests.")]
    return (path, *(one for one in modules if one in python("tests")))


ROWS = [(cells[0], cells[-1]) for cells in table()]


def test_each_statement_of_the_guide_has_one_row() -> None:
    count = Counter(number for said, _ in ROWS for number in own(said))
    wrong = {number: count[number] for number in EVERY if count[number] != 1}
    assert not wrong, f"{PAGE}: rows that begin with each of {wrong}: one; others name it at their end, in brackets."
    assert not set(count) - set(EVERY), f"{PAGE} has {set(count) - set(EVERY)}, which the guide has not."


def test_no_row_says_that_something_is_not_built() -> None:
    told = [cells[0] for cells in table() if any(NOT_BUILT.search(cell) for cell in cells)]
    assert not told, f"{PAGE}: {told}"


def test_g1_g2_the_version_of_the_guide_is_said_and_each_chapter_has_its_journey() -> None:
    assert "Espace sécurisé entreprise » (version Sirius n°2, 5 March 2025)" in (ROOT / "docs/rules.md").read_text(
        "utf-8"
    )
    journeys = [path for path in python("tests") if path.parts[1] == "journeys"]
    texts = [ast.get_docstring(one) or "" for path in journeys for one in (tree(path), *functions(path))]
    assert Counter(name for text in texts for name in CHAPTER.findall(text)) == Counter(CHAPTERS)


@pytest.mark.parametrize(("said", "tests"), ROWS, ids=[f"{at:03}" for at in range(len(ROWS))])
def test_the_tests_of_a_row_are_there_speak_of_it_and_assert(said: str, tests: str) -> None:
    meant = dict(cited(tests))
    assert meant, f"{PAGE}: « {said} » cites no test."
    gone = [name for name, found in meant.items() if not found]
    assert not gone, f"{PAGE}: « {said} » cites {gone}, which are no tests."
    everything = [test for found in meant.values() for test in found]
    silent = sorted(set(own(said)) - {number for test in everything for number in spoken_of(test)})
    assert not silent, f"{PAGE}: no test of « {said} » says in its name or docstring that it is about {silent}."
    idle = [f"{path}::{one.name}" for path, one in everything if not asserts(path, one.name)]
    assert not idle, f"{PAGE}: « {said} » cites {idle}, which assert nothing."
