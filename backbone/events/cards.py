"""Events as the bus sees them: the card that declares one, the registry of all, and the event a listener is given.

An event is a fact in the past participle (`delegation.confirmed.v1`). It carries the state it announces and the
`sequence` (version) of its aggregate, so that no consumer calls back and an older one is recognised and ignored.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Literal, NamedTuple
from uuid import UUID

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, validate
from marshmallow.fields import Field

from backbone.events.lanes import Lane

LARGEST = 256 * 1024  # bytes of one event's data (C11: the edge has such a bound for each request)
SchemaClass = type[Schema]
Reader = Callable[[Any], Any]


@cache
def _shared(schema: type[Schema], unknown: Literal["raise", "exclude"]) -> Schema:
    """One instance for the process: making one copies every field of it, and it keeps nothing between two uses."""
    return schema(unknown=unknown)


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError
    return value


# What these fields do with JSON, when nothing was added to them: calling it is a third of what `deserialize` costs.
_PLAIN: Mapping[type[Field[Any]], Reader] = {
    fields.UUID: UUID,
    fields.String: _text,
    fields.Date: date.fromisoformat,
}


@cache
def _readers(schema: type[Schema]) -> tuple[list[tuple[str, str, Reader]], list[tuple[str, str, Field[Any]]]]:
    """(attribute, key in JSON, how it is read) of the plain fields that are always there, then of all others.

    Going through them is a third of what `Schema.load` costs, which looks for hooks at each event; a card's schema has
    none. TypeError when it has.
    """
    shared = _shared(schema, EXCLUDE)
    if any(shared._hooks.values()):
        raise TypeError(f"{schema.__name__}: the schema of an event has no hooks")
    named = [
        (field.attribute or name, field.data_key if field.data_key is not None else name, field)
        for name, field in shared.load_fields.items()
    ]
    plain = [(name, key, _reader(field)) for name, key, field in named if _is_plain(field)]
    return plain, [(name, key, field) for name, key, field in named if not _is_plain(field)]


def _is_plain(field: Field[Any]) -> bool:
    changed = field.pre_load or field.post_load or field.allow_none or not field.required
    checked = field.validators and not (type(field) is fields.String and _longest(field))
    return type(field) in _PLAIN and not changed and not checked and getattr(field, "format", None) in (None, "iso")


def _longest(field: Field[Any]) -> int | None:
    """The most characters of a text that has this bound and no other rule."""
    only = field.validators[0] if len(field.validators) == 1 else None
    return only.max if isinstance(only, validate.Length) and only.min is None and only.equal is None else None


def _reader(field: Field[Any]) -> Reader:
    """How a plain field is read: what its own `deserialize` does with JSON."""
    longest = _longest(field)
    return _PLAIN[type(field)] if longest is None else partial(_short_text, longest)


def _short_text(longest: int, value: object) -> str:
    if type(value) is not str or len(value) > longest:
        raise TypeError
    return value


@dataclass(frozen=True)
class EventCard:
    """The declaration of one event, from which topology, AsyncAPI and `docs/events.md` are made.

    `largest`: the bytes of data it may have; beyond, it is put aside. `urgent`: it goes before what is bulk whatever
    made it, because a sign of life tells how far such events are out (docs/decisions/0031).
    `key` names the field of the data that is the aggregate's id (the subject, which orders events);
    `example` is a frozen, JSON-shaped payload that every consumer's listener is tested with.
    """

    type: str
    says: str
    producer: str
    consumers: tuple[str, ...]
    key: str
    personal_data: bool
    since: str
    schema: SchemaClass
    example: Mapping[str, Any]
    largest: int = LARGEST
    urgent: bool = False

    def dump(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON-shaped payload of `data`; refuses (ValidationError) what the schema does not know or accept."""
        schema = _shared(self.schema, RAISE)
        payload = schema.dump(data)
        strange = set(data) - set(payload)
        if strange:
            raise ValueError(f"{self.type} has no field {', '.join(sorted(strange))}")
        schema.load(payload)
        return payload

    def load(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The Python data of a payload read from the bus: an unknown field is ignored, a wrong one raises."""
        plain, others = _readers(self.schema)
        try:
            read = {name: reader(payload[key]) for name, key, reader in plain}
            for name, key, field in others:
                read[name] = field.deserialize(payload.get(key, missing), key, payload)
        except (ValidationError, ValueError, LookupError, TypeError, AttributeError):
            return _shared(self.schema, EXCLUDE).load(payload)  # which says all that is wrong
        return {name: value for name, value in read.items() if value is not missing} if others else read


class Event(NamedTuple):
    """One event as a listener receives it: `data` holds Python values (UUID, date, aware datetime)."""

    id: UUID
    type: str
    source: str
    subject: str
    time: datetime
    sequence: int
    data: Mapping[str, Any]
    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""
    epoch: int = 0
    lane: Lane = Lane.URGENT

    @property
    def order(self) -> dict[str, int]:
        """Where it stands among the states of its aggregate: the columns of a projection's row that order them."""
        return {"epoch": self.epoch, "sequence": self.sequence}


@dataclass(frozen=True)
class Registry:
    """Every event of the system, by type."""

    cards: Mapping[str, EventCard] = field(default_factory=dict)

    @classmethod
    def of(cls, cards: Iterable[EventCard]) -> "Registry":
        """A registry of `cards`; ValueError if two share a type."""
        by_type: dict[str, EventCard] = {}
        for card in cards:
            if card.type in by_type:
                raise ValueError(f"{card.type} is declared twice")
            by_type[card.type] = card
        return cls(by_type)

    def produced_by(self, service: str) -> list[EventCard]:
        """The cards `service` may record."""
        return [card for card in self.cards.values() if card.producer == service]

    def consumed_by(self, service: str) -> list[EventCard]:
        """The cards bound to the queue of `service`."""
        return [card for card in self.cards.values() if service in card.consumers]

    def consumers(self) -> list[str]:
        """The services that own a queue, sorted."""
        return sorted({name for card in self.cards.values() for name in card.consumers})
