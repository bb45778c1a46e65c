"""Every kind of message that must harm nobody: what it is, and the words it is put aside with.

Each has bytes that no other has, by which it is found again wherever it ends.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException

from backbone.bus.port import EXCHANGE, of_lane
from backbone.clock import SystemClock
from backbone.events.context import Trace
from backbone.events.envelope import body_of, headers_of
from backbone.events.lanes import Lane
from backbone.ids import new_id
from backbone.messaging import outbox
from tests.bus.soak.ground import STRANGER, Ground
from tests.support.drill.cards import DONE
from tests.support.field_tables import YEAR_10000, nested
from tests.support.ports import eventually


@dataclass(frozen=True)
class Poison:
    """One bad message. `raw`: properties as a strange client writes them, instead of `headers`."""

    headers: dict[str, str]
    body: bytes
    account: str = "maker"
    content_type: str = "application/json"
    raw: bytes = b""
    id: UUID = field(default_factory=new_id)


def healthy(marker: str, id: UUID | None = None) -> Poison:
    """What each is made from: an event as the maker sends it."""
    id, deed, now = id or new_id(), new_id(), SystemClock().now()
    trace = Trace("soak")
    headers = headers_of(DONE, id=id, source="maker", subject=str(deed), at=now, sequence=1, trace=trace)
    return Poison(headers, body_of({"deed_id": str(deed), "marker": marker, "place": ""}).encode(), id=id)


def said(name: str, value: str) -> Callable[[Poison], Poison]:
    """With another header."""
    return lambda one: replace(one, headers={**one.headers, name: value})


OLD = (SystemClock().now() - timedelta(days=40)).isoformat()

# Each kind: how it is spoilt, and the beginning of the reason that it is parked with.
SENT: Mapping[str, tuple[Callable[[Poison], Poison], str]] = {
    "year 10000": (lambda one: replace(one, raw=b"\x20\x00" + YEAR_10000), "unknown_type"),
    "1000 tables": (lambda one: replace(one, raw=b"\x20\x00" + nested(1000)), "unknown_type"),
    "too large": (lambda one: replace(one, body=one.body[:-1] + b',"n":"' + b"x" * 300_000 + b'"}'), "too_large"),
    "70 headers": (
        lambda one: replace(one, headers=one.headers | {f"h{n}": "x" for n in range(70)}),
        "too_many_headers",
    ),
    "other content": (lambda one: replace(one, content_type="text/html"), "wrong_content_type"),
    "other version": (said("ce-specversion", "0.3"), "wrong_specversion"),
    "not JSON": (lambda one: replace(one, body=one.body[:-1]), "not_json"),
    "1000 lists": (
        lambda one: replace(one, body=one.body[:-1] + b',"n":' + b"[" * 1000 + b"]" * 1000 + b"}"),
        "not_json",
    ),
    "no marker": (lambda one: replace(one, body=one.body.replace(b'"marker"', b'"market"')), "wrong_schema"),
    "unknown type": (said("ce-type", "drill.undone.v1"), "unknown_type"),
    "no sequence": (said("ce-sequence", "soon"), "wrong_attribute"),
    "wrong source": (said("ce-source", "somebody"), "wrong_source"),
    "forged": (lambda one: replace(one, account=STRANGER), "forged_source"),
    "too old": (said("ce-time", OLD), "too_old"),
    "cannot be handled": (lambda one: one, "RuntimeError"),
    "ends its process": (lambda one: one, "worker_ended"),
}
# The drill's listener fails, or dies, by the name of the marker; a try that a kill ended says so.
MARKERS = {"cannot be handled": "poison", "ends its process": "fatal"}
UNFRAMED = "cannot be framed"
CONTRADICTION = "contradiction"
KINDS = (*SENT, UNFRAMED, CONTRADICTION)


class Poisoner:
    """Sends poison and knows what must become of it."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.parked: dict[bytes, tuple[str, str]] = {}  # by its bytes: the kind, and the reason that must be told
        self.unsent: dict[UUID, str] = {}  # what must stay in the outbox, put aside
        self.sent = 0

    def send(self, kind: str) -> None:
        """One of this kind, once more."""
        self.sent += 1
        marker = f"{MARKERS.get(kind, 'bad')}-{self.sent}"
        if kind == UNFRAMED:
            self._record(marker)
        elif kind == CONTRADICTION:
            self._contradict(marker)
        else:
            spoil, reason = SENT[kind]
            poison = spoil(healthy(marker))
            if poison.raw:
                poison = replace(poison, body=json.dumps({"bad": marker}).encode())
            self.parked[poison.body] = (kind, reason)
            self._publish(poison)

    def _record(self, marker: str) -> None:
        """In the outbox, as an older version of ours could have written it."""
        one = healthy(marker)
        headers = {**one.headers, "n" * 300: "x"}
        with self._ground.unit("maker") as uow:
            outbox.write(uow.connection, [outbox.Row(one.id, DONE.type, headers, one.body.decode(), uow.now)])
            uow.commit()
        self.unsent[one.id] = "unframed"

    def _contradict(self, marker: str) -> None:
        """The id of an event that was applied already, with another body: nothing may come of it, nor be left."""
        query = "SELECT event_id FROM effects LIMIT 1 OFFSET (random() * 9)::int"
        rows = eventually(lambda: self._ground.ask("taker", query), limit=60, what="nothing was applied yet")
        self._publish(healthy(marker, UUID(str(rows[0][0]))))  # type: ignore[index]

    def _publish(self, poison: Poison) -> None:
        """Until the broker has it: a queue may still be without its leader. By both lanes in turn."""
        exchange = of_lane(EXCHANGE, tuple(Lane)[self.sent % len(Lane)])

        def sent() -> bool:
            with suppress(pika.exceptions.AMQPError, AMQPConnectorException, OSError), self._channel(poison) as channel:
                channel.basic_publish(exchange, DONE.type, poison.body, properties_of(poison), mandatory=True)
                return True
            return False

        eventually(sent, limit=60, every=0.2, what="the broker takes no poison")

    @contextmanager
    def _channel(self, poison: Poison) -> Iterator[Any]:
        url = self._ground.account(poison.account) + "?socket_timeout=5&stack_timeout=5&blocked_connection_timeout=5"
        with pika.BlockingConnection(pika.URLParameters(url)) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            yield channel


class Raw:
    """Properties that are written already."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def encode(self) -> list[bytes]:
        """As pika asks for it."""
        return [self._raw]


def properties_of(poison: Poison) -> pika.BasicProperties:
    """The properties of its message."""
    properties = pika.BasicProperties(
        content_type=poison.content_type,
        headers=dict(poison.headers),
        delivery_mode=2,
        message_id=str(poison.id),
        user_id=poison.account,
    )
    if poison.raw:
        properties.encode = Raw(poison.raw).encode
    return properties
