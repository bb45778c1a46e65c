"""The pages about events are made from the cards and are up to date; the AsyncAPI document holds together."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from backbone.bus import Topology
from backbone.events.cards import EventCard
from contracts import REGISTRY
from contracts.documents import DOCS, asyncapi, events_page
from tests.contract.test_envelope import wire

CURE = "it was made from other cards: make docs, and commit it."


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The AsyncAPI document of today."""
    return asyncapi()


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_the_files_are_what_the_cards_say(document: dict[str, Any]) -> None:
    assert json.loads((DOCS / "asyncapi.json").read_text(encoding="utf-8")) == document, f"docs/asyncapi.json: {CURE}"
    assert (DOCS / "events.md").read_text(encoding="utf-8") == events_page(), f"docs/events.md: {CURE}"


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in set(references(document)):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, f"{reference} leads nowhere"
            place = place[step]


def test_an_example_is_valid_by_its_published_schema(card: EventCard, document: dict[str, Any]) -> None:
    schema = {**document["components"]["messages"][card.type]["payload"], "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(card.example)
    headers = {**document["components"]["schemas"]["Headers"], "components": document["components"]}
    jsonschema.Draft202012Validator(headers).validate(dict(wire(card).headers))


def test_the_operations_are_the_topology(document: dict[str, Any]) -> None:
    received = {name for name, operation in document["operations"].items() if operation["action"] == "receive"}
    queues = Topology.of(REGISTRY).queues
    assert received == {f"{queue} receives {key}" for queue, keys in queues.items() for key in keys}
