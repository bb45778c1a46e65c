"""The journal's chain: any change of any line is found (D18)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backbone.clock import PARIS
from services.delegation.domain.chain import NOTHING_BEFORE, SAID, Sealed, canonical, faults, seal

ADHERENTS = [UUID(int=1), UUID(int=2)]
ids = st.uuids()
texts = st.text(max_size=8)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
scopes = st.fixed_dictionaries({"starts_on": texts, "administrator": st.booleans(), "colleges": st.lists(texts)})
lines = st.fixed_dictionaries(
    {
        **{"id": ids, "at": instants, "delegation_id": ids, "sequence": st.integers(1, 99), "act": texts},
        **{"author_id": st.none() | ids, "author": texts, "author_email": st.none() | texts},
        **{"reason": st.none() | texts, "scope": scopes, "adherent_id": st.sampled_from(ADHERENTS)},
    }
)
journals = st.lists(lines, min_size=1, max_size=8)


def chained(journal: Sequence[Mapping[str, Any]]) -> list[Sealed]:
    """The seals of a journal, by adhérent and position."""
    found = list[Sealed]()
    for adherent in ADHERENTS:
        previous = NOTHING_BEFORE
        for position, line in enumerate((one for one in journal if one["adherent_id"] == adherent), 1):
            previous = seal(line, position, previous)
            found.append(Sealed(adherent, position, previous, line))
    return found


@given(journals)
def test_a_journal_that_nobody_touched_has_no_fault(journal: list[dict[str, Any]]) -> None:
    assert list(faults(chained(journal))) == []


@given(journals, st.data())
def test_a_line_that_says_something_else_is_found_whatever_it_is(journal: list[dict[str, Any]], data: Any) -> None:
    seals = chained(journal)
    at = data.draw(st.integers(0, len(seals) - 1))
    line = seals[at].line
    assert line is not None
    name = data.draw(st.sampled_from(SAID))
    other = data.draw(lines.map(lambda one: one[name]).filter(lambda value: value != line[name]))
    seals[at] = replace(seals[at], line={**line, name: other})
    assert list(faults(seals))


@given(journals, st.data())
def test_a_seal_that_was_made_anew_breaks_the_next_one(journal: list[dict[str, Any]], data: Any) -> None:
    seals = chained(journal)
    at = data.draw(st.integers(0, len(seals) - 1))
    line, before = seals[at].line, [one for one in seals[:at] if one.adherent_id == seals[at].adherent_id]
    changed = {**(line or {}), "author": "somebody else's name"}
    previous = before[-1].hash if before else NOTHING_BEFORE
    seals[at] = replace(seals[at], line=changed, hash=seal(changed, seals[at].position, previous))
    last = at + 1 == len(seals) or seals[at + 1].adherent_id != seals[at].adherent_id
    assert bool(list(faults(seals))) is not last  # of the last one the hash of all ends tells, which the log keeps


@given(journals.filter(lambda one: len(one) > 1), st.data())
def test_a_line_taken_out_put_in_or_swapped_is_found(journal: list[dict[str, Any]], data: Any) -> None:
    seals = chained(journal)
    at = data.draw(st.integers(0, len(seals) - 1))
    assert list(faults([*seals[:at], replace(seals[at], line=None), *seals[at + 1 :]]))
    assert list(faults([*seals[: at + 1], *seals[at:]]))  # twice
    if at + 1 < len(seals) and seals[at + 1].adherent_id == seals[at].adherent_id:
        assert list(faults([*seals[:at], *seals[at + 1 :]]))
        swapped = (replace(seals[at], line=seals[at + 1].line), replace(seals[at + 1], line=seals[at].line))
        same = seals[at].line == seals[at + 1].line
        assert same or list(faults([*seals[:at], *swapped, *seals[at + 2 :]]))


def test_what_is_hashed_is_the_same_wherever_it_is_written() -> None:
    line = dict.fromkeys(SAID) | {
        **{"id": UUID(int=7), "at": datetime(2026, 11, 23, 10, 0, 0, 5, UTC), "adherent_id": UUID(int=1)},
        **{"delegation_id": UUID(int=2), "sequence": 1, "act": "ouverture", "author": "Évrard « Zoé »"},
        "scope": {"b": [1, True], "a": None},
    }
    paris = {**line, "at": line["at"].astimezone(PARIS)}
    assert canonical(line, 1, "0") == canonical(paris, 1, "0")
    assert canonical(line, 1, "0").decode() == (
        '{"act":"ouverture","adherent_id":"00000000-0000-0000-0000-000000000001","at":"2026-11-23T10:00:00.000005+00:00",'
        '"author":"Évrard « Zoé »","author_email":null,"author_id":null,'
        '"delegation_id":"00000000-0000-0000-0000-000000000002","id":"00000000-0000-0000-0000-000000000007","position":1,'
        '"previous":"0","reason":null,"scope":{"a":null,"b":[1,true]},"sequence":1}'
    )
    assert seal(line, 1, NOTHING_BEFORE) != seal({**line, "at": line["at"] + timedelta(microseconds=1)}, 1, "0" * 64)
