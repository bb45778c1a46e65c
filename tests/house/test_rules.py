"""Every code that stands anywhere in the tree has its sentence in docs/rules.md, once."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from contracts.words.messages import MESSAGES
from tests.house.sources import BINARY, PRODUCT, ROOT, texts

PAGE = "docs/rules.md"
FAMILIES = ("G", "T", "D", "C", "M", "AA", "FA", "K", "R")
HERE = "tests/house/test_rules.py"
# Letters and digits that are none: a linter's, a rubric of a DSN file (S21.G00.11), an hour (T12:01), an octet (%C3).
CODE = re.compile(r"(?<![\w%=+.])(AA|FA|[CDGKMRT])([1-9]\d?)(?!\w|:\d|\.\d)(?:[–-](?:\1)?(\d{1,2})\b)?")
NAMED = re.compile(r"\btest(?:_[a-z0-9]+)+")
IN_A_NAME = re.compile(r"_(aa|fa|[cdgkmrt])([1-9]\d?)(?=_|$)")
OPENS = re.compile(r"\s*(?:\"\"\"|# )\(?(?:AA|FA|[CDGKMRT])[1-9]\d?\b(?!\.)")
LINE = re.compile(r"^- \*\*([A-Z]+)(\d+)\*\* (\S.*)$", re.MULTILINE)
LINTERS = re.compile(r"noqa:.*|^(?:select|\"[a-z/*]+\") ?= ?\[.*", re.MULTILINE)


def codes(text: str) -> Iterator[str]:
    """The codes of a text, those between the two ends of a range and those in names of tests included."""
    text = LINTERS.sub("", text)
    for family, first, last in CODE.findall(text):
        yield from (f"{family}{number}" for number in range(int(first), int(last or first) + 1))
    for name in NAMED.findall(text):
        yield from (f"{family.upper()}{number}" for family, number in IN_A_NAME.findall(name))


@cache
def lines() -> tuple[tuple[str, int, str], ...]:
    text = (ROOT / PAGE).read_text(encoding="utf-8")
    return tuple((family, int(number), sentence) for family, number, sentence in LINE.findall(text))


def said() -> set[str]:
    return {f"{family}{number}" for family, number, _ in lines()}


def test_every_code_that_is_used_has_its_sentence() -> None:
    known, lost = said(), dict[str, str]()
    for path, text in texts():
        if str(path) not in (PAGE, HERE) and path.suffix not in (*BINARY, ".txt") and "vendor" not in path.parts:
            lost |= {code: str(path) for code in codes(text) if code not in known}
    assert not lost, f"{PAGE} has no line « - **CODE** sentence » for {lost}."


def test_no_code_has_two_lines_and_they_stand_in_order() -> None:
    counted = Counter((family, number) for family, number, _ in lines())
    assert not (twice := [one for one, times in counted.items() if times > 1]), f"{PAGE} says {twice} twice."
    placed = [(FAMILIES.index(family), number) for family, number, _ in lines()]
    assert placed == sorted(placed), f"{PAGE}: families in the order {FAMILIES}, numbers upwards."


def test_in_code_the_rule_comes_first_and_its_code_last() -> None:
    for path, text in texts():
        if path.suffix == ".py" and path.parts[0] in (*PRODUCT, "tools", "scripts"):
            bare = [line.strip() for line in text.splitlines() if OPENS.match(line)]
            assert not bare, f"{path}: say the rule, then its code in brackets. {bare}"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_says_what_it_is(family: str) -> None:
    found = re.search(rf"^## {family}: .+\n\n?([^-\n].+)\n", (ROOT / PAGE).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{PAGE}: « ## {family}: … », then a line that says what the family is."


@pytest.mark.parametrize("number", range(1, 16))
def test_a_message_of_the_page_is_one_that_programs_say(number: int) -> None:
    sentence = next((told for family, own, told in lines() if (family, own) == ("M", number)), "")
    (french,) = re.findall("« (.+?) »", sentence)
    said = MESSAGES[f"M{number}"].sentence
    assert french == said, f"{PAGE} says « {french} », and programs « {said} » (contracts/words/messages.py)."


def test_what_looks_like_a_code_and_is_none() -> None:
    none = "S21.G00.11.024, T12:01, D%C3%A9, « = T20 », noqa: C901, RFC 9457, UTF8, 2T3, WCAG 1.4.13"
    assert list(codes(none.replace("= T20", "=T20"))) == []
    assert list(codes("(G24), R1–R3, K1, FA4; def test_aa9_c2_each_one(")) == [
        *("G24", "R1", "R2", "R3", "K1", "FA4"),
        *("AA9", "C2"),
    ]
