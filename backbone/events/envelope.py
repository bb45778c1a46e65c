"""The wire form of an event: CloudEvents 1.0 in binary mode, attributes in `ce-` headers, data as JSON in the body.

`subject` is the aggregate's id, `sequence` its version; `correlationid`, `causationid`, `traceparent`, `epoch`, `lane`
are extensions. The last two are written by the relay (`outbox.take`): how often the owner has said its whole state
again, and that the event is bulk.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from marshmallow import ValidationError

from backbone.events.cards import Event, EventCard, Registry
from backbone.events.context import Trace
from backbone.events.lanes import Lane
from backbone.strict_json import NotStrict, loads

CONTENT_TYPE = "application/json"
UNREADABLE = "unreadable"  # the one header of a delivery whose headers cannot be read: their bytes, in hexadecimal
OTHER_CONTENT = "content-type"  # a header of a delivery whose content says that it is something else than JSON
EPOCH = "ce-epoch"
LANE = "ce-lane"
_LARGEST_EPOCH = 2**53  # what every reader of numbers keeps whole
UNKNOWN = UUID("00000000-0000-0000-0000-000000000000")


class Unacceptable(Exception):
    """What arrived is no event to apply. `id`, `source`, `type`: the best that is known, stable for the same bytes."""

    def __init__(self, reason: str, id: UUID, source: str, type: str) -> None:
        super().__init__(reason)
        self.reason, self.id = _storable(reason, 2000), id
        self.source, self.type = _storable(source, 50), _storable(type, 100)


class Suspect(Unacceptable):
    """It came back so often that it may be what ends its consumers: nobody has looked into its body yet."""


def _storable(text: str, longest: int) -> str:
    """`text` as a column of the inbox takes it, whatever a stranger wrote: parking must not fail."""
    return str(text).replace("\0", "")[:longest]


def headers_of(
    card: EventCard, *, id: UUID, source: str, subject: str, at: datetime, sequence: int, trace: Trace
) -> dict[str, str]:
    """The `ce-` headers of an event. Empty extensions are left out."""
    headers = {
        "ce-specversion": "1.0",
        "ce-id": str(id),
        "ce-type": card.type,
        "ce-source": source,
        "ce-subject": subject,
        "ce-time": at.isoformat(),
        "ce-sequence": str(sequence),
        "ce-correlationid": trace.correlation_id,
        "ce-causationid": trace.causation_id,
        "ce-traceparent": trace.traceparent,
    }
    return {name: value for name, value in headers.items() if value}


def body_of(payload: Mapping[str, Any]) -> str:
    """The data as compact JSON."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


MOST_HEADERS = 64


def _beyond(card: EventCard, headers: Mapping[str, Any], body: bytes) -> str:
    """Which bound of the bus this passes; empty when none. The edge has the like: size, count, kind (C11, AA27)."""
    if len(body) > card.largest:
        return f"too_large: {len(body)} bytes"
    if len(headers) > MOST_HEADERS:
        return f"too_many_headers: {len(headers)}"
    if OTHER_CONTENT in headers:
        return f"wrong_content_type: {headers[OTHER_CONTENT]}"
    return "" if headers.get("ce-specversion") == "1.0" else "wrong_specversion"


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at


def decode(registry: Registry, headers: Mapping[str, Any], body: bytes) -> Event:
    """The event in `headers` and `body`, read tolerantly (unknown fields ignored). Unacceptable says why not."""
    try:
        card = registry.cards[headers["ce-type"]]
    except (KeyError, TypeError):
        raise _unacceptable("unknown_type", headers, body) from None
    if beyond := _beyond(card, headers, body):
        raise _unacceptable(beyond, headers, body)
    try:
        return Event(
            UUID(headers["ce-id"]),
            card.type,
            headers["ce-source"],
            headers["ce-subject"],
            _instant(headers["ce-time"]),
            int(headers["ce-sequence"]),
            card.load(loads(body)),
            headers.get("ce-correlationid", ""),
            headers.get("ce-causationid", ""),
            headers.get("ce-traceparent", ""),
            _epoch(headers),
            lane_of(headers),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise _unacceptable(f"missing_attribute: {error}", headers, body) from error
    except NotStrict as error:
        raise _unacceptable(f"not_json: {error}", headers, body) from error
    except ValidationError as error:
        raise _unacceptable(f"wrong_schema: {sorted(error.messages_dict)}", headers, body) from error
    except ValueError as error:
        raise _unacceptable(f"wrong_attribute: {error}", headers, body) from error
    except Exception as error:  # whatever a stranger found: it is one event put aside, never the end of a batch
        raise _unacceptable(f"unreadable: {type(error).__name__}", headers, body) from error


def suspect(headers: Mapping[str, Any], body: bytes) -> Suspect:
    """The event of `headers` as one to be tried apart; its body is not read."""
    found = _unacceptable("suspect", headers, body)
    return Suspect(found.reason, found.id, found.source, found.type)


def lane_of(headers: Mapping[str, Any]) -> Lane:
    """The lane of an event; urgent for one that does not say that it is bulk."""
    return Lane.BULK if headers.get(LANE) == Lane.BULK else Lane.URGENT


def _epoch(headers: Mapping[str, Any]) -> int:
    """The epoch of an event; 0 for one whose owner never said its state again, or of the version before."""
    if EPOCH not in headers:
        return 0
    epoch = int(headers[EPOCH])
    if not 0 <= epoch <= _LARGEST_EPOCH:
        raise ValueError("epoch out of range")
    return epoch


def _unacceptable(reason: str, headers: Mapping[str, Any], body: bytes) -> Unacceptable:
    """The refusal, with the best that is known of the event."""
    source, type = str(headers.get("ce-source") or "?"), str(headers.get("ce-type") or "?")
    try:
        id = UUID(str(headers["ce-id"]))
    except (KeyError, ValueError):
        id = uuid5(UNKNOWN, f"{type}\0{body.hex()}\0{headers.get(UNREADABLE, '')}")
    return Unacceptable(reason, id, source, type)
