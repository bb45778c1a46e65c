"""An event's shape is a promise: what consumers were shown stays readable, and what they were given stays there."""

import copy
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, validate
from marshmallow import fields as shapes_of

from backbone.events.cards import EventCard
from contracts import REGISTRY
from tests.contract.freezing import COMMAND, FROZEN, GAINED, broken, copies, copy_of, faults, is_stored, lost, store


def test_every_event_has_a_frozen_copy_of_what_it_is_now(card: EventCard) -> None:
    assert is_stored(card), f"{card.type} is not frozen as it is now: {COMMAND}, and commit the new file."


def test_an_event_keeps_what_each_of_its_frozen_copies_promised(card: EventCard) -> None:
    wrong = faults(card)
    assert not wrong, f"{card.type}: {'; '.join(wrong)}; then {COMMAND}."


def test_a_field_nobody_knows_yet_is_ignored(card: EventCard) -> None:
    assert card.load({**card.example, "of_tomorrow": {"x": [1]}}) == card.load(card.example)


def test_no_frozen_copy_is_left_of_an_event_that_is_gone() -> None:
    gained = [json.loads(path.read_text(encoding="utf-8")) for path in (FROZEN / GAINED).glob("*.json")]
    kept = {path.name for path in FROZEN.iterdir()} - {GAINED} | {type_ for said in gained for type_ in said}
    assert kept == set(REGISTRY.cards), "an event was dropped: announce it first."


def test_the_subject_is_a_field_of_the_data(card: EventCard) -> None:
    assert card.key in card.example and card.type.endswith(".v1") and card.says.endswith(".")


def test_a_secret_travels_sealed_or_not_at_all(card: EventCard) -> None:
    plain = {"token", "code", "mot_de_passe", "password", "secret", "secret_hash", "session"}
    assert not plain & {name.rpartition(".")[2] for name in copy_of(card).fields}, "seal it (backbone/sealing.py)."


def test_no_image_carries_the_frozen_copies() -> None:
    ignored = (FROZEN.parents[1] / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert str(FROZEN.relative_to(FROZEN.parents[1])) in ignored


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda new: new.pop("nom"), "nom is not there any more"),
        (lambda new: new.update(age={"type": "integer", "required": True}), "age is new and required"),
        (lambda new: new["nom"].update(type=["string", "null"]), "nom was"),
        (lambda new: new["nom"].update(required=False), "nom was"),
    ],
)
def test_a_breaking_change_is_seen(change: Any, says: str) -> None:
    old = {"nom": {"type": "string", "required": True}}
    new = copy.deepcopy(old)
    change(new)
    assert broken(old, new)[0].startswith(says)
    more = {"more": {"type": "array", "required": False}, "more.nom": {"type": "string", "required": True}}
    assert broken(old, {**old, **more}) == []


def event(*names: str, given: Mapping[str, Any] | None = None, type_: str = "x.y.v1") -> EventCard:
    """An event whose schema has an id and the fields `names`, which may be left out; its example has what is `given`,
    all of them by default."""
    shape = Schema.from_dict({"id": shapes_of.Int(required=True)} | {name: shapes_of.Str() for name in names})
    example = {"id": 1, **(dict.fromkeys(names, "x") if given is None else given)}
    return EventCard(type_, "X.", "x", (), "id", False, "2026-11", shape, example)


def test_a_field_that_came_later_enters_a_copy_of_its_own(tmp_path: Path) -> None:
    store([event()], tmp_path)
    assert is_stored(event(), tmp_path) and not is_stored(event("nom"), tmp_path)
    for _ in range(2):
        store([event("nom")], tmp_path)
    assert is_stored(event("nom"), tmp_path)
    assert [sorted(one.example) for one in copies(event(), tmp_path)] == [["id"], ["id", "nom"]]


def test_what_several_events_gain_together_is_one_file(tmp_path: Path) -> None:
    both = ("x.y.v1", "x.z.v1")
    for names in ((), ("nom",), ("nom",), ("nom", "prenom")):
        store([event(*names, type_=one) for one in both], tmp_path)
    store([event("nom", "prenom", "age"), event("nom", "prenom", type_="x.z.v1")], tmp_path)
    assert [len(copies(event(type_=one), tmp_path)) for one in both] == [4, 3]
    written = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.json"))
    assert written == ["gained/1.json", "gained/2.json", "gained/3.json", "x.y.v1/1.json", "x.z.v1/1.json"]
    (tmp_path / GAINED / "2.json").unlink()
    with pytest.raises(AssertionError, match="gained: a frozen copy is missing"):
        copies(event(), tmp_path)


@pytest.mark.parametrize(
    ("later", "says"),
    [
        (event(), "nom is not there any more"),
        (event("nom", given={}), "its example has no nom: give it one"),
        (event("nom", given={"nom": "y"}), "example.nom was 'x', is 'y'"),
        (event("nom", "prenom", given={"nom": "x"}), "its example has no prenom: give it one"),
    ],
    ids=["left the schema", "left the example", "says otherwise", "is in no example"],
)
def test_a_field_that_came_later_stays(later: EventCard, says: str, tmp_path: Path) -> None:
    store([event()], tmp_path)
    store([event("nom")], tmp_path)
    assert any(one.find(says) >= 0 for one in faults(later, tmp_path))
    with pytest.raises(SystemExit, match=says):
        store([later], tmp_path)
    assert len(copies(later, tmp_path)) == 2


def test_every_older_example_is_read(tmp_path: Path) -> None:
    store([event()], tmp_path)
    store([event("nom")], tmp_path)
    shorter = {"id": shapes_of.Int(required=True), "nom": shapes_of.Str(validate=validate.Length(max=0))}
    now = replace(event("nom"), schema=Schema.from_dict(shorter))
    assert faults(now, tmp_path) == ["an older example is not read, or not as it was said"]


def test_a_copy_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    store([event()], tmp_path)
    store([event("nom")], tmp_path)
    (tmp_path / "x.y.v1" / "1.json").unlink()
    with pytest.raises(AssertionError, match="a frozen copy is missing"):
        copies(event(), tmp_path)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ({"a": [{"b": 1}], "c": 2}, []),
        ({"a": [{"b": 1, "d": None}]}, []),
        ({"a": [{}]}, ["example.a[0].b was 1, is 'nothing'"]),
        ({"a": []}, ["example.a was [{'b': 1}], is []"]),
        ({}, ["example.a was [{'b': 1}], is 'nothing'"]),
    ],
)
def test_an_example_only_gains(new: Any, says: list[str]) -> None:
    assert lost({"a": [{"b": 1}]}, new) == says


def test_a_dump_that_lost_a_field_is_refused() -> None:
    with pytest.raises(ValueError, match="no field nom"):
        event().dump({"id": 1, "nom": "unknown"})
