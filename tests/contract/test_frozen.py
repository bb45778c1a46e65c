"""An event's shape is a promise: what consumers were shown stays readable, and what they need stays there."""

import copy
import json
from typing import Any

import pytest
from marshmallow import Schema
from marshmallow import fields as shapes_of

from backbone.events.cards import EventCard
from contracts import REGISTRY
from tests.contract.freezing import COMMAND, FROZEN, copy_of, path_of

NEW_TYPE = "A promise to consumers changed: announce a new type (.v2) beside this one."


def frozen(card: EventCard) -> dict[str, Any]:
    assert path_of(card).exists(), f"{card.type} has no frozen copy: {COMMAND}, and commit the file."
    return dict(json.loads(path_of(card).read_text(encoding="utf-8")))


def broken(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What keeps a reader of one shape from reading the other, both ways."""
    gone = [f"{name} is not there any more" for name in old if name not in new]
    changed = [f"{name} was {old[name]}, is {new[name]}" for name in old if name in new and old[name] != new[name]]
    asked = [f"{name} is new and required" for name in new if name not in old and _needed(name, old, new)]
    return gone + changed + asked


def _needed(name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether `name` must be there: what is inside a new field that may be left out is left out with it."""
    parents = [name[:at] for at, char in enumerate(name) if char == "."]
    left_out = any(parent not in old and not new[parent]["required"] for parent in parents)
    return bool(new[name]["required"]) and not left_out


def test_every_event_has_a_frozen_copy_and_its_example_is_the_same(card: EventCard) -> None:
    assert frozen(card)["example"] == card.example, NEW_TYPE


def test_the_shape_can_be_read_by_old_consumers_and_read_old_events(card: EventCard) -> None:
    problems = broken(frozen(card)["fields"], copy_of(card)["fields"])
    assert not problems, f"{'; '.join(problems)}. {NEW_TYPE}"


def test_a_frozen_example_is_read_by_today_and_written_back_the_same(card: EventCard) -> None:
    example = frozen(card)["example"]
    assert card.dump(card.load(example)) == example


def test_a_field_nobody_knows_yet_is_ignored(card: EventCard) -> None:
    assert card.load({**card.example, "of_tomorrow": {"x": [1]}}) == card.load(card.example)


def test_no_frozen_copy_is_left_of_an_event_that_is_gone() -> None:
    assert {path.stem for path in FROZEN.glob("*.json")} == set(REGISTRY.cards), (
        "an event was dropped: announce it first."
    )


def test_the_subject_is_a_field_of_the_data(card: EventCard) -> None:
    assert card.key in card.example and card.type.endswith(".v1") and card.says.endswith(".")


def test_a_secret_travels_sealed_or_not_at_all(card: EventCard) -> None:
    plain = {"token", "code", "mot_de_passe", "password", "secret", "secret_hash", "session"}
    assert not plain & {name.rpartition(".")[2] for name in copy_of(card)["fields"]}, "seal it (backbone/sealing.py)."


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


def test_a_dump_that_lost_a_field_is_refused() -> None:
    card = EventCard("x.y.v1", "X.", "x", (), "id", False, "2026-11", Schema.from_dict({"id": shapes_of.Int()}), {})
    with pytest.raises(ValueError, match="no field nom"):
        card.dump({"id": 1, "nom": "unknown"})
