"""The frozen copies of each event: its example and its fields as they were each time that it gained one. The first of
an event is contracts/frozen/<type>/1.json; what events gained together, as those that share a part do, is one file,
contracts/frozen/gained/<n>.json. The list only grows: what a consumer was promised stays for ever.

`python -m tests.contract.freezing` stores the copies that are missing. It never replaces one. A change that breaks the
promise is a new type, `….v2`, announced beside the old one for a while (docs/decisions/0032).
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from backbone.events.cards import EventCard, Registry
from contracts import REGISTRY
from contracts.documents import schemas

FROZEN = Path(__file__).parents[2] / "contracts" / "frozen"
GAINED = "gained"
COMMAND = "python -m tests.contract.freezing"
NEW_TYPE = "A promise to consumers would be broken: announce a new type (.v2) beside this one."
Fields = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Copy:
    """What is frozen of an event: its example and, by their paths, its fields."""

    example: Mapping[str, Any]
    fields: Fields


def copies(card: EventCard, folder: Path = FROZEN) -> list[Copy]:
    """The frozen copies of `card`, oldest first. AssertionError when one of them was taken away."""
    gained = [said[card.type] for said in _numbered(folder / GAINED) if card.type in said]
    own = _numbered(folder / card.type)
    assert own or not gained, f"{card.type}: a frozen copy is missing: the first."
    return [Copy(**said) for said in (*own, *gained)]


def _numbered(folder: Path) -> list[dict[str, Any]]:
    """What its files say, in their order."""
    numbers = sorted(int(path.stem) for path in folder.glob("*.json"))
    assert numbers == list(range(1, len(numbers) + 1)), f"{folder.name}: a frozen copy is missing among {numbers}."
    return [json.loads((folder / f"{number}.json").read_text(encoding="utf-8")) for number in numbers]


def copy_of(card: EventCard) -> Copy:
    """What would be frozen of `card` as it is now."""
    shapes = schemas(Registry.of([card]))
    return Copy(card.example, dict(fields(shapes[card.schema.__name__], shapes)))


def fields(shape: Mapping[str, Any], shapes: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a payload by its path, with its kind and whether it must be there; nested ones too."""
    for name, field in shape.get("properties", {}).items():
        inside = [field.get("items", field), *field.get("anyOf", ()), *field.get("allOf", ())]
        kind = {key: field[key] for key in ("type", "format", "enum") if key in field}
        yield f"{at}{name}", {**kind, "required": name in shape.get("required", [])}
        for one in inside:
            if "$ref" in one:
                yield from fields(shapes[one["$ref"].rpartition("/")[2]], shapes, f"{at}{name}.")


def faults(card: EventCard, folder: Path = FROZEN) -> list[str]:
    """What the command cannot mend: a promise that one of the frozen copies made, and that `card` would not keep."""
    now = copy_of(card)
    found = [f"its example has no {name}: give it one" for name in sorted(now.fields.keys() - set(paths(card.example)))]
    for copy in copies(card, folder):
        found += broken(copy.fields, now.fields)
        found += [f"{NEW_TYPE[:-1]} ({what})" for what in lost(copy.example, card.example)]
        found += [] if _reads(card, copy) else ["an older example is not read, or not as it was said"]
    return list(dict.fromkeys(found))


def is_stored(card: EventCard, folder: Path = FROZEN) -> bool:
    """Whether the newest frozen copy says what `card` says."""
    return copies(card, folder)[-1:] == [copy_of(card)]


def broken(old: Fields, new: Fields) -> list[str]:
    """What keeps a reader of one shape from reading the other, both ways."""
    gone = [f"{name} is not there any more. {NEW_TYPE}" for name in old if name not in new]
    both = [name for name in old if name in new and old[name] != new[name]]
    changed = [f"{name} was {old[name]}, is {new[name]}. {NEW_TYPE}" for name in both]
    asked = [f"{name} is new and required. {NEW_TYPE}" for name in new if name not in old and _needed(name, old, new)]
    return gone + changed + asked


def _needed(name: str, old: Fields, new: Fields) -> bool:
    """Whether `name` must be there: what is inside a new field that may be left out is left out with it."""
    parents = [name[:at] for at, char in enumerate(name) if char == "."]
    left_out = any(parent not in old and not new[parent]["required"] for parent in parents)
    return bool(new[name]["required"]) and not left_out


def lost(old: Any, new: Any, at: str = "example") -> list[str]:
    """Where the example of today says less or something else than one that was frozen: it may only gain."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return [one for name in old for one in lost(old[name], new.get(name, "nothing"), f"{at}.{name}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [one for place, pair in enumerate(zip(old, new, strict=True)) for one in lost(*pair, f"{at}[{place}]")]
    return [] if old == new else [f"{at} was {old!r}, is {new!r}"]


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Every key of an example by its path, whatever list it is in."""
    for inner in value if isinstance(value, list) else ():
        yield from paths(inner, at)
    for name, inner in value.items() if isinstance(value, Mapping) else ():
        yield f"{at}{name}"
        yield from paths(inner, f"{at}{name}.")


def _reads(card: EventCard, copy: Copy) -> bool:
    try:
        return card.dump(card.load(copy.example)) == copy.example
    except ValidationError:
        return False


def store(cards: Iterable[EventCard], folder: Path = FROZEN) -> None:
    """Add those of `cards` whose newest frozen copy does not say what they are. SystemExit for a broken promise."""
    gained = {}
    for card in cards:
        wrong = faults(card, folder)
        if wrong:
            sys.exit(f"{card.type}: {'; '.join(wrong)}")
        if not copies(card, folder):
            _write(folder / card.type, asdict(copy_of(card)))
        elif not is_stored(card, folder):
            gained[card.type] = asdict(copy_of(card))
    if gained:
        _write(folder / GAINED, gained)


def _write(folder: Path, said: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{len(_numbered(folder)) + 1}.json"
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    """Store what the frozen copies do not say yet."""
    store(REGISTRY.cards.values())


if __name__ == "__main__":
    main()
