"""Repeats are found in memory that does not grow with the file, and who looks no further says so."""

import tracemalloc

import pytest

from services.dsn.domain.neodes import reading
from services.dsn.domain.neodes.lines import lines
from services.dsn.domain.neodes.scan import Wrapper, scan
from services.dsn.domain.neodes.seen import Seen
from tools.dsn_synth.monthly import Monthly, render, rubrics


def codes(content: bytes) -> set[str]:
    """What was found in a file of one declaration."""
    (piece,) = scan(lines([content]), Wrapper())
    return {one.control.code for one in piece.faults}


def test_a_value_is_new_once() -> None:
    seen = Seen(10)
    assert [seen.add(one) for one in ("a", "b", "a", "b", "c")] == [False, False, True, True, False]
    seen.clear()
    assert seen.add("a") is False


def test_what_was_remembered_is_still_found_when_it_is_full() -> None:
    seen = Seen(2)
    assert [seen.add(one) for one in "abcca"] == [False, False, False, False, True]
    assert seen.full


def test_it_takes_some_bytes_a_value() -> None:
    """175 000 individuals are in a declaration of 300 MB: 8 bytes each and what the parts need, not 72."""
    tracemalloc.start()
    seen = Seen(1_000_000)
    for number in range(175_000):
        seen.add(str(number))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 175_000 * 16 and not seen.full


def test_a_declaration_with_too_many_says_that_repeats_were_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    content = render(rubrics(Monthly(siret="73282932000074", period="2026-10", people=3)))
    assert "doublons_non_cherches" not in codes(content)
    monkeypatch.setattr(reading, "MOST_INDIVIDUALS", 2)
    assert "doublons_non_cherches" in codes(content)


def test_blocks_that_nobody_knows_are_passed_over_without_being_remembered() -> None:
    declaration = reading.Reading(1)
    for number in range(100_000):
        declaration.take(number, "x", f"S{number // 1000:02}.G00.{number % 100:02}", 1, "x")
    assert len(declaration._open | declaration._seen) < 40
