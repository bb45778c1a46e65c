"""Events go both ways between the version before and this one: each reads what the other says."""

import json
from pathlib import Path
from typing import Any

import pytest

from backbone.events.cards import EventCard
from contracts import REGISTRY
from tests.contract.freezing import FROZEN, GAINED
from tests.upgrade.fixtures import described, version_before  # noqa: F401  (fixtures)
from tests.upgrade.version import Version

pytestmark = pytest.mark.history
CARDS = sorted(REGISTRY.cards.values(), key=lambda card: card.type)


def sayings(card: EventCard) -> list[dict[str, Any]]:
    """What this version may say of a card: its example, and that with each field that may be left out left out, and
    with each that may be null null."""
    fields = card.schema().fields
    names = {name: field.data_key or name for name, field in fields.items()}
    without = [key for name, key in names.items() if not fields[name].required and key in card.example]
    empty = [key for name, key in names.items() if fields[name].allow_none and key in card.example]
    return [
        dict(card.example),
        *({key: value for key, value in card.example.items() if key != left_out} for left_out in without),
        *({**card.example, key: None} for key in empty),
    ]


@pytest.fixture(scope="module")
def read_by_the_one_before(version_before: Version) -> dict[str, str]:  # noqa: F811
    """What the version before says of each event of this one that it knows."""
    told = version_before.tell("reading.py", stdin=json.dumps({card.type: sayings(card) for card in CARDS}))
    return dict(json.loads(told))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.type)
def test_the_version_before_reads_what_this_one_says(card: EventCard, read_by_the_one_before: dict[str, str]) -> None:
    assert read_by_the_one_before.get(card.type, "") == ""


def test_this_version_reads_what_the_one_before_says(described: dict[str, Any]) -> None:  # noqa: F811
    for name, example in described["events"].items():
        assert name in REGISTRY.cards, f"{name} is still said by the version before: keep its card for a release."
        assert REGISTRY.cards[name].load(example)


def test_what_the_version_before_froze_is_still_frozen_byte_for_byte(version_before: Version) -> None:  # noqa: F811
    folders = [version_before.root / name for name in ("contracts/frozen", "tests/contract/frozen")]
    known = {*REGISTRY.cards, GAINED}
    then = {path for folder in folders for path in folder.rglob("*.json") if _type(path) in known}
    now = {path.read_bytes() for path in FROZEN.rglob("*.json")}
    changed = sorted(str(path.relative_to(version_before.root)) for path in then if path.read_bytes() not in now)
    assert then and not changed, f"{changed}: a frozen copy is never replaced; take it back."


def _type(path: Path) -> str:
    """What a frozen copy is of: its folder is named after the event, or the file where one had one copy."""
    return path.stem if path.parent.name == "frozen" else path.parent.name


def test_an_event_that_leaves_out_what_was_asked_for_is_not_read(version_before: Version) -> None:  # noqa: F811
    card = next(card for card in CARDS if card.type == "delegation.confirmed.v1")
    lacking = {key: value for key, value in card.example.items() if key != card.key}
    told = json.loads(
        version_before.tell("reading.py", stdin=json.dumps({card.type: [lacking], "of.tomorrow.v1": [{}]}))
    )
    assert list(told) == [card.type] and card.key in told[card.type]


def test_what_may_be_left_out_or_null_is_said_without_it() -> None:
    several = [card for card in CARDS if len(sayings(card)) > 1]
    assert len(several) > 5
