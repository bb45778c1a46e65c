"""FA11-FA16: repeats, disorder, bytes that are no event, poison, slowness, replay. One bad event harms no other."""

import random
from uuid import UUID

import pika
import pytest

from backbone.bus import Message, Topology, make_bus
from backbone.bus.port import EXCHANGE
from backbone.clock import SystemClock
from backbone.events.context import Trace
from backbone.events.envelope import body_of, headers_of
from backbone.ids import new_id
from tests.support.drill.cards import DONE, REGISTRY
from tests.support.field_tables import YEAR_10000, nested
from tests.support.ports import eventually
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def event(marker: str, version: int = 1, deed: UUID | None = None) -> Message:
    """An event of the drill as it is on the wire."""
    id_, deed = new_id(), deed or new_id()
    trace, now = Trace("test"), SystemClock().now()
    headers = headers_of(DONE, id=id_, source="maker", subject=str(deed), at=now, sequence=version, trace=trace)
    body = body_of({"deed_id": str(deed), "marker": marker, "place": f"p{version}"})
    return Message(id_, DONE.type, headers, body.encode())


def publish(stage: Stage, messages: list[Message]) -> None:
    """Publish beside the relay, as an operator or a faulty sender could."""
    bus = make_bus(stage.broker, "maker", Topology.of(REGISTRY))
    assert bus.publisher().publish(messages, 30) == {}
    bus.close()


def test_fa11_an_event_delivered_up_to_five_times_has_one_effect(stage):
    stage.worker("taker")
    events = [event(f"m{n}") for n in range(200)]
    for _ in range(random.randint(2, 5)):
        publish(stage, random.sample(events, len(events)))
    for n in range(200):
        stage.ledger.settle(f"m{n}", "ok")
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_fa11_red_twin_without_the_inbox_every_copy_has_its_effect(stage):
    stage.worker("taker", "inbox")
    copy = event("m1")
    for count in (1, 2):
        publish(stage, [copy])
        eventually(lambda count=count: len(stage.effects()) == count)
    stage.ledger.settle("m1", "ok")
    assert stage.verdict().doubled == {"m1"}


def test_fa12_of_events_that_come_out_of_order_the_newest_state_stays(stage):
    stage.worker("taker")
    deeds = [new_id() for _ in range(50)]
    events = [event(f"{n}-{v}", v, deed) for n, deed in enumerate(deeds) for v in range(1, 6)]
    random.shuffle(events)
    for at in range(0, len(events), 25):  # several batches, so that disorder also crosses transactions
        publish(stage, events[at : at + 25])
    eventually(lambda: len(stage.effects()) == 250)
    rows = stage.ask("taker", "SELECT place, sequence, count(*) FROM places GROUP BY 1, 2")
    assert rows == [("p5", 5, 50)]


WRONG_BODIES = (b"{not json", b"\xff\xfe", b'{"deed_id": "no-uuid", "marker": "x"}', b"{}")
WRONG_HEADERS = (
    {"ce-type": "drill.unheard-of.v1"},
    {"ce-type": "drill.done.v9"},
    {"ce-sequence": "soon"},
    {"ce-source": "somebody-else"},
    {"ce-source": "somebody-else" * 30},
    {"ce-source": "some\0body"},
)


def spoiled() -> list[Message]:
    """Messages that are wrong, each in one way."""
    sent = [event("bad") for _ in (*WRONG_BODIES, *WRONG_HEADERS, "no id", "nothing")]
    bodies = [Message(one.id, one.type, one.headers, body) for one, body in zip(sent, WRONG_BODIES, strict=False)]
    others = sent[len(bodies) :]
    headers = [{**one.headers, **wrong} for one, wrong in zip(others, WRONG_HEADERS, strict=False)]
    nameless = {name: value for name, value in sent[-2].headers.items() if name != "ce-id"}
    wrong = zip(others, [*headers, nameless, {}], strict=True)
    return bodies + [Message(one.id, one.type, headers, one.body) for one, headers in wrong]


def test_fa13_what_cannot_be_decoded_is_parked_whole_and_the_queue_goes_on(stage):
    stage.worker("taker")
    good = [event(f"m{n}") for n in range(90)]
    bad = spoiled()
    publish(stage, random.sample([*good, *bad], 102))
    for n in range(90):
        stage.ledger.settle(f"m{n}", "ok")
    verdict = stage.verdict(expected_parked=12)
    assert verdict.clean, str(verdict)
    kept = stage.ask("taker", "SELECT body, error FROM inbox WHERE parked_at IS NOT NULL")
    assert {bytes(body) for body, _ in kept} == {each.body for each in bad}
    assert all(error for _, error in kept)


def test_fa13_an_unknown_field_is_no_fault(stage):
    stage.worker("taker")
    sent = event("m1")
    publish(stage, [Message(sent.id, sent.type, sent.headers, sent.body[:-1] + b',"new":1}')])
    stage.ledger.settle("m1", "ok")
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_fa14_a_poison_event_is_parked_after_five_tries_and_its_neighbours_do_not_wait(stage):
    stage.worker("taker")
    publish(stage, [event(f"poison{n}" if n == 50 else f"m{n}") for n in range(100)])
    eventually(lambda: len(stage.effects()) == 99, limit=5, what=stage.state())
    eventually(lambda: stage.parked() == 1, limit=20)
    assert stage.ask("taker", "SELECT attempts FROM inbox WHERE parked_at IS NOT NULL") == [(5,)]


def test_fa15_a_slow_handler_keeps_its_connection_and_its_count(stage):
    """The work is off the I/O thread: a transaction of several heartbeats' length drops no connection."""
    stage.worker("taker", slow=0.1, heartbeat=2)
    before = connections(stage)
    publish(stage, [event(f"m{n}") for n in range(100)])
    for n in range(100):
        stage.ledger.settle(f"m{n}", "ok")
    # One batch is one long transaction: until it commits, nothing of it can be seen from outside.
    eventually(lambda: stage.ask("taker", "SELECT count(*) FROM effects") == [(100,)], limit=60)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)
    assert connections(stage) >= before
    assert stage.ask("taker", "SELECT count(DISTINCT process) FROM effects") == [(1,)]


def connections(stage: Stage) -> set[str]:
    """The broker's connections of the taker, by their process on the broker: a new connection has a new one."""
    lines = stage.rabbitmq.ctl("list_connections", "vhost", "pid", "--no-table-headers").splitlines()
    return {line for line in lines if line.startswith(stage.vhost)}


def test_fa16_replaying_what_was_parked_twice_applies_it_once(stage):
    stage.worker("taker")
    publish(stage, [event(f"poison{n}") for n in range(10)])
    eventually(lambda: stage.parked() == 10, limit=20)
    (stage.folder / "antidote").touch()
    assert replay(stage) == "10 to replay"
    assert replay(stage) == "0 to replay"
    for n in range(10):
        stage.ledger.settle(f"poison{n}", "ok")
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)
    assert replay(stage) == "0 to replay"


def replay(stage: Stage) -> str:
    """Run the operator's command; what it says."""
    process = stage.run("replay", "taker", wait=False)
    eventually(lambda: not process.running(), limit=20)
    return process.tail().strip().splitlines()[-1]


class Raw:
    """Properties of a stranger's client, already written."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def encode(self) -> list[bytes]:
        """As pika asks for it."""
        return [self._raw]


@pytest.mark.parametrize("table", [YEAR_10000, nested(1000)], ids=["year 10000", "1000 tables"])
def test_fa13_a_header_that_no_client_can_read_is_one_parked_delivery_and_its_neighbours_are_applied(stage, table):
    publish(stage, [event(f"m{n}") for n in range(10)])
    with pika.BlockingConnection(pika.URLParameters(stage.broker)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        properties = pika.BasicProperties()
        properties.encode = Raw(b"\x20\x00" + table).encode
        channel.basic_publish(EXCHANGE, DONE.type, b"{}", properties)
    publish(stage, [event(f"m{n}") for n in range(10, 20)])
    stage.worker("taker")
    for n in range(20):
        stage.ledger.settle(f"m{n}", "ok")
    eventually(lambda: stage.ask("taker", "SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL") == [(1,)])
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean, str(verdict)
