"""The frozen copy of each event: its example and its fields, as they were when it was announced.

`python -m tests.contract.freezing` writes the copies that are missing. It never replaces one: what a consumer was
promised stays. A change that breaks the promise is a new type, `….v2`, announced beside the old one for a while.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backbone.events.cards import EventCard
from contracts import REGISTRY
from contracts.documents import schemas

FROZEN = Path(__file__).parent / "frozen"
COMMAND = "python -m tests.contract.freezing"


def path_of(card: EventCard) -> Path:
    """Where the frozen copy of `card` is."""
    return FROZEN / f"{card.type}.json"


def copy_of(card: EventCard) -> dict[str, Any]:
    """What is frozen of `card`."""
    shapes = schemas()
    return {"example": card.example, "fields": dict(fields(shapes[card.schema.__name__], shapes))}


def fields(shape: Mapping[str, Any], shapes: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a payload by its path, with its kind and whether it must be there; nested ones too."""
    for name, field in shape.get("properties", {}).items():
        inside = field.get("items", field)
        kind = {key: field[key] for key in ("type", "format", "enum") if key in field}
        yield f"{at}{name}", {**kind, "required": name in shape.get("required", [])}
        if "$ref" in inside:
            yield from fields(shapes[inside["$ref"].rpartition("/")[2]], shapes, f"{at}{name}.")


def main() -> None:
    """Write the copies that are missing."""
    FROZEN.mkdir(exist_ok=True)
    for card in REGISTRY.cards.values():
        if not path_of(card).exists():
            path_of(card).write_text(json.dumps(copy_of(card), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
