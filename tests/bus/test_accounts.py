"""One broker account a service: it declares what stands, publishes what it produces and reads its own queue alone."""

import json

import pika
import pytest

from backbone.bus import BROKE, Topology, make_bus
from backbone.bus.rabbitmq.topology import dead_queue
from backbone.management import _Queues
from contracts import REGISTRY
from scripts.broker_accounts import ADMINISTRATOR, definitions
from tests.bus.conftest import message
from tests.support.ports import eventually

pytestmark = pytest.mark.rabbitmq
PASSWORDS = {name: f"secret-of-{name}" for name in ("identity", "delegation", "notification", ADMINISTRATOR)}


@pytest.fixture
def buses(rabbitmq, tmp_path):
    """The bus as each service sees it through its own account, on the broker that the deployment makes."""
    wanted = tmp_path / "definitions.json"
    wanted.write_text(json.dumps(definitions(REGISTRY, PASSWORDS)))
    rabbitmq.load(wanted)
    empty(rabbitmq.url(ADMINISTRATOR, PASSWORDS[ADMINISTRATOR]))
    made = {
        name: make_bus(rabbitmq.url(name, PASSWORDS[name]), name, Topology.of(REGISTRY))
        for name in ("identity", "delegation", "notification")
    }
    yield made
    for bus in made.values():
        bus.close()


def empty(url: str) -> None:
    """The queues are the product's own, by their real names: what an earlier test left in them is not ours."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        for service in REGISTRY.consumers():
            channel.queue_purge(service)
            channel.queue_purge(dead_queue(service))


def produced_by(service: str) -> str:
    return REGISTRY.produced_by(service)[0].type


def test_a_service_declares_the_whole_topology_and_publishes_its_own_events(buses):
    for name in ("identity", "delegation", "notification"):
        buses[name].declare(30)
        assert buses[name].publisher().publish([message(produced_by(name))], 10) == {}


def test_an_event_of_another_service_is_refused_by_the_broker(buses):
    sent = message(produced_by("delegation"))
    assert buses["identity"].publisher().publish([sent], 10)[sent.id].startswith(f"{BROKE}: 403")


def test_the_queue_of_another_service_cannot_be_read(buses):
    told = next(card.type for card in REGISTRY.produced_by("delegation") if "notification" in card.consumers)
    assert buses["delegation"].publisher().publish([message(told)], 30) == {}
    stranger = buses["identity"].subscriber("notification")
    assert stranger.receive(1, 2) == []
    own = buses["notification"].subscriber("notification")
    assert eventually(lambda: own.receive(1, 1))[0].user_id == "delegation"


def test_a_worker_s_metrics_say_what_waits_in_its_own_queue_and_in_its_dead_letters(buses):
    told = next(card.type for card in REGISTRY.produced_by("delegation") if "notification" in card.consumers)
    assert buses["delegation"].publisher().publish([message(told)], 30) == {}
    queues = _Queues("notification", buses["notification"].depths)

    def waiting() -> dict:
        (family,) = queues.collect()
        return {sample.labels["queue"]: sample.value for sample in family.samples}

    eventually(lambda: waiting() == {"notification": 1, "notification.dead": 0}, state=lambda: str(waiting()))
