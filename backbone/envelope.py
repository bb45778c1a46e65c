"""The wire form of an event: CloudEvents 1.0 in binary mode, attributes in `ce-` headers, data as JSON in the body.

`subject` is the aggregate's id, `sequence` its version; `correlationid`, `causationid`, `traceparent` are extensions.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from marshmallow import ValidationError

from backbone.context import Trace
from backbone.events import Event, EventCard, Registry
from backbone.strict_json import NotStrict, loads

CONTENT_TYPE = "application/json"
UNKNOWN = UUID("00000000-0000-0000-0000-000000000000")


class Undecodable(Exception):
    """The bytes are not an event of ours. `id` and `source` are the best that is known, stable for the same bytes."""

    def __init__(self, reason: str, id: UUID, source: str, type: str) -> None:
        super().__init__(reason)
        self.reason, self.id, self.source, self.type = reason, id, source, type


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


def decode(registry: Registry, headers: Mapping[str, Any], body: bytes) -> Event:
    """The event in `headers` and `body`, read tolerantly (unknown fields ignored). Undecodable says why not."""
    id, source, type = _identity(headers, body)
    card = registry.cards.get(type)
    if card is None:
        raise Undecodable("unknown_type", id, source, type)
    try:
        return Event(
            id=UUID(headers["ce-id"]),
            type=type,
            source=headers["ce-source"],
            subject=headers["ce-subject"],
            time=datetime.fromisoformat(headers["ce-time"]),
            sequence=int(headers["ce-sequence"]),
            data=card.load(loads(body)),
            correlation_id=headers.get("ce-correlationid", ""),
            causation_id=headers.get("ce-causationid", ""),
            traceparent=headers.get("ce-traceparent", ""),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Undecodable(f"missing_attribute: {error}", id, source, type) from error
    except NotStrict as error:
        raise Undecodable(f"not_json: {error}", id, source, type) from error
    except ValidationError as error:
        raise Undecodable(f"wrong_schema: {sorted(error.messages_dict)}", id, source, type) from error
    except ValueError as error:
        raise Undecodable(f"wrong_attribute: {error}", id, source, type) from error


def _identity(headers: Mapping[str, Any], body: bytes) -> tuple[UUID, str, str]:
    source, type = str(headers.get("ce-source") or "?")[:50], str(headers.get("ce-type") or "?")[:100]
    try:
        return UUID(str(headers["ce-id"])), source, type
    except (KeyError, ValueError):
        return uuid5(UNKNOWN, f"{type}\0{body.hex()}"), source, type
