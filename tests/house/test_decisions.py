"""Decisions are numbered without a gap, and each stands in the index under its own title."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT

FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ("Context", "Decision", "Consequences", "Rejected")
ROW = re.compile(r"^\| \[(\d{4})\]\(([\w-]+\.md)\) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_no_number_is_left_out_or_given_twice() -> None:
    numbers = [int(page.name[:4]) for page in PAGES]
    assert numbers == list(range(1, len(PAGES) + 1)), "docs/decisions: the next decision takes the next number."


def test_the_index_names_each_once_in_order() -> None:
    rows = ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))
    assert [(number, name) for number, name, *_ in rows] == [(page.name[:4], page.name) for page in PAGES], (
        "docs/decisions/README.md: « | [NNNN](file) | title | one line | status | » for each, in order."
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_decision_says_what_it_costs_under_the_title_of_the_index(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    titles = {name: title for _, name, title, *_ in ROW.findall((FOLDER / "README.md").read_text(encoding="utf-8"))}
    ((number, title),) = re.findall(r"\A# (\d+)\. (.+)\n", text)
    assert (int(number), title) == (int(page.name[:4]), titles.get(page.name)), "the index has another title."
    missing = [
        part for part in ("Context", "Decision", "Consequences", "Rejected") if not re.search(rf"\*\*{part}[.,]", text)
    ]
    assert not missing, f"{page.name} lacks {missing}."
