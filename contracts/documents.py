"""The pages made from the cards, docs/asyncapi.json (AsyncAPI 3.0) and docs/events.md: `python -m contracts.documents`.

A test compares the files with what is made here, so that a card and its page never differ.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from backbone.bus.port import EXCHANGE
from backbone.events.cards import EventCard, Registry
from contracts import REGISTRY

DOCS = Path(__file__).parents[1] / "docs"
TEXT = {"type": "string"}
HEADERS: dict[str, Any] = {
    "type": "object",
    "required": ["ce-specversion", "ce-id", "ce-type", "ce-source", "ce-subject", "ce-time", "ce-sequence"],
    "properties": {
        "ce-specversion": {"const": "1.0"},
        "ce-id": {"type": "string", "format": "uuid", "description": "UUID version 7, new for each event."},
        "ce-type": {**TEXT, "description": "The routing key."},
        "ce-source": {**TEXT, "description": "The service that recorded it."},
        "ce-subject": {**TEXT, "description": "The aggregate's id: the field that the card's key names."},
        "ce-time": {"type": "string", "format": "date-time", "description": "When it became true, in UTC."},
        "ce-sequence": {**TEXT, "pattern": "^[0-9]+$", "description": "The aggregate's version; the highest wins."},
        "ce-correlationid": {**TEXT, "description": "Names the whole story, from the request that began it."},
        "ce-causationid": {**TEXT, "description": "The event that led to this one."},
        "ce-traceparent": {**TEXT, "description": "W3C trace context."},
        "ce-epoch": {
            **TEXT,
            "pattern": "^[0-9]+$",
            "description": "Goes before the sequence; absent is 0 (decision 28).",
        },
        "ce-lane": {"const": "bulk", "description": "It came by the exchange for what can wait (decision 31)."},
    },
}


def schemas(registry: Registry = REGISTRY) -> dict[str, Any]:
    """The JSON Schema of every payload and of what it contains, by name. A reader ignores fields it does not know."""
    spec = APISpec("", "", "3.1.0", plugins=[MarshmallowPlugin()])
    for card in registry.cards.values():
        if card.schema.__name__ not in spec.components.schemas:
            spec.components.schema(card.schema.__name__, schema=card.schema)
    closed = {"additionalProperties": False}
    return {
        name: {key: value for key, value in json.loads(json.dumps(shape)).items() if (key, value) not in closed.items()}
        for name, shape in sorted(spec.components.schemas.items())
    }


def asyncapi(registry: Registry = REGISTRY) -> dict[str, Any]:
    """The AsyncAPI 3.0 document of the bus."""
    cards = sorted(registry.cards.values(), key=lambda card: card.type)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Espace sécurisé entreprise: events",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 in binary mode over AMQP 0-9-1; at least once, in any order.",
        },
        "defaultContentType": "application/json",
        "channels": {card.type: _channel(card) for card in cards},
        "operations": dict(sorted(operation for card in cards for operation in _operations(card))),
        "components": {
            "messages": {card.type: _message(card) for card in cards},
            "schemas": {"Headers": HEADERS, **schemas(registry)},
        },
    }


def events_page(registry: Registry = REGISTRY) -> str:
    """`docs/events.md`: every event on one page, by the service that announces it."""
    shapes = schemas(registry)
    parts = [INTRODUCTION]
    for producer in sorted({card.producer for card in registry.cards.values()}):
        parts.append(f"## {producer}\n")
        parts += [_section(card, shapes) for card in sorted(registry.produced_by(producer), key=lambda one: one.type)]
    payloads = {card.schema.__name__ for card in registry.cards.values()}
    parts.append("## Shapes inside\n")
    parts += [f"### {name}\n{_table(shape)}" for name, shape in shapes.items() if name not in payloads]
    return "\n".join(parts)


INTRODUCTION = """# Events
Made from `contracts/` by `make docs`; do not edit. The wire form is CloudEvents 1.0, binary mode, on the topic exchange
`espace`, or `espace.bulk` for what can wait; the routing key is the type. A state-carrying event is read by its
`sequence`: the highest wins, so repeats and disorder are harmless. The same in AsyncAPI 3.0: `asyncapi.json`.
"""


def _channel(card: EventCard) -> dict[str, Any]:
    exchange = {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False}
    return {
        "address": card.type,
        "messages": {card.type: {"$ref": f"#/components/messages/{card.type}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _operations(card: EventCard) -> Iterable[tuple[str, dict[str, Any]]]:
    channel = {"$ref": f"#/channels/{card.type}"}
    yield f"{card.producer} sends {card.type}", {"action": "send", "channel": channel, "summary": card.says}
    for consumer in card.consumers:
        yield f"{consumer} receives {card.type}", {"action": "receive", "channel": channel, "summary": card.says}


def _message(card: EventCard) -> dict[str, Any]:
    return {
        "name": card.type,
        "summary": card.says,
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/Headers"},
        "payload": {"$ref": f"#/components/schemas/{card.schema.__name__}"},
        "tags": [{"name": "personal data" if card.personal_data else "no personal data"}],
        "examples": [{"payload": card.example}],
    }


def _section(card: EventCard, shapes: Mapping[str, Any]) -> str:
    told = f"Consumers: {', '.join(card.consumers)} · key: `{card.key}` · since {card.since}"
    personal = " · holds personal data" if card.personal_data else ""
    example = json.dumps(card.example, ensure_ascii=False, indent=2)
    return (
        f"### {card.type}\n{card.says}\n\n{told}{personal}\n\n{_table(shapes[card.schema.__name__])}\n"
        f"<details><summary>Example</summary>\n\n```json\n{example}\n```\n</details>\n"
    )


def _table(shape: Mapping[str, Any]) -> str:
    rows = "".join(f"| `{name}` | {shape_name(field)} |\n" for name, field in shape["properties"].items())
    return f"| field | shape |\n| --- | --- |\n{rows}"


def shape_name(shape: Mapping[str, Any]) -> str:
    """A JSON Schema in a word or two: `uuid or null`, `list of Site`."""
    for several in ("anyOf", "oneOf", "allOf"):
        if several in shape:
            return " or ".join(shape_name(one) for one in shape[several])
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    kinds = shape.get("type", "any")
    names = [str(shape.get("format", one)) if one == "string" else str(one) for one in _listed(kinds)]
    if "items" in shape:
        names[0] = f"list of {shape_name(shape['items'])}"
    if "additionalProperties" in shape:
        names[0] = f"map to {shape_name(shape['additionalProperties'])}"
    return " or ".join(names)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def main() -> None:
    """Write both files."""
    DOCS.mkdir(exist_ok=True)
    (DOCS / "asyncapi.json").write_text(json.dumps(asyncapi(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (DOCS / "events.md").write_text(events_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
