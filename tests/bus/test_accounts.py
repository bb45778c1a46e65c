"""One broker account a service: it publishes what it produces and reads its own queues, and can do nothing else.

RabbitMQ itself refuses: none of this rests on what our own code does not try.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pika
import pytest

from backbone.bus import BROKE, Bus, BusAway, Topology, make_bus
from backbone.bus.rabbitmq.topology import owned_by
from backbone.serving.management import _Queues
from contracts import REGISTRY
from scripts.broker_accounts import ADMINISTRATOR, VHOST, definitions
from scripts.broker_upgrade import RIGHTS, for_both
from tests.bus.conftest import message
from tests.support.ports import eventually
from tests.support.rabbitmq import Rabbit
from tests.support.trespass import REFUSED, outcomes

pytestmark = pytest.mark.rabbitmq
SERVICES = tuple(sorted(REGISTRY.consumers()))
PASSWORDS = {name: f"secret-of-{name}" for name in (*SERVICES, ADMINISTRATOR)}
BEFORE = "espace|espace\\.dead|" + "|".join(f"{name}|{name}\\.dead" for name in SERVICES)


@pytest.fixture
def loaded(rabbitmq: Rabbit, tmp_path: Path) -> Rabbit:
    """The broker as the deployment makes it. The queues are the product's own, by their real names: what an earlier
    test left in them, or made of them, is not ours."""
    with pika.BlockingConnection(pika.URLParameters(rabbitmq.url())) as connection:
        for queue in (queue for service in SERVICES for queue in owned_by(service)):
            connection.channel().queue_delete(queue)
    load(rabbitmq, tmp_path, definitions(REGISTRY, PASSWORDS))
    return rabbitmq


@pytest.fixture
def buses(loaded: Rabbit) -> Iterator[dict[str, Bus]]:
    """The bus as each service sees it through its own account."""
    made = {name: make_bus(url(loaded, name), name, Topology.of(REGISTRY)) for name in SERVICES}
    yield made
    for bus in made.values():
        bus.close()


def load(rabbitmq: Rabbit, folder: Path, wanted: dict[str, Any]) -> None:
    file = folder / "definitions.json"
    file.write_text(json.dumps(wanted))
    rabbitmq.load(file)


def url(rabbitmq: Rabbit, account: str) -> str:
    return rabbitmq.url(account, PASSWORDS[account])


def produced_by(service: str) -> str:
    return REGISTRY.produced_by(service)[0].type


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_can_do_its_part_and_the_broker_refuses_the_rest(loaded: Rabbit, service: str) -> None:
    other = next(name for name in SERVICES if name != service)
    own = next((card.type for card in REGISTRY.produced_by(service)), "nothing.of.its.own")
    done = outcomes(url(loaded, service), service, other, own, produced_by(other))
    assert len(done) > 25
    assert {name: code for name, code in done.items() if code != REFUSED} == {}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_publishes_its_own_events_and_takes_what_is_for_it(buses: dict[str, Bus], service: str) -> None:
    if not REGISTRY.produced_by(service):
        return
    told = REGISTRY.produced_by(service)[0]
    assert buses[service].publisher().publish([message(told.type)], 30) == {}
    for consumer in told.consumers:
        subscriber = buses[consumer].subscriber(consumer)
        received = eventually(lambda one=subscriber: one.receive(1, 1))
        assert received[0].user_id == service
        subscriber.acknowledge(received)
    assert all(not bus.lacks() for bus in buses.values())


def test_an_event_of_another_service_is_refused_by_the_broker(buses: dict[str, Bus]) -> None:
    sent = message(produced_by("delegation"))
    assert buses["identity"].publisher().publish([sent], 10)[sent.id].startswith(f"{BROKE}: 403")


def test_the_queue_of_another_service_cannot_be_read_and_it_is_said_why(buses: dict[str, Bus]) -> None:
    told = next(card.type for card in REGISTRY.produced_by("delegation") if "notification" in card.consumers)
    assert buses["delegation"].publisher().publish([message(told)], 30) == {}
    stranger = buses["identity"].subscriber("notification")
    assert stranger.receive(1, 2) == []
    assert "access to queue 'notification'" in buses["identity"].lacks()
    own = buses["notification"].subscriber("notification")
    assert eventually(lambda: own.receive(1, 1))[0].user_id == "delegation"


def test_no_account_of_a_service_declares_even_what_stands(buses: dict[str, Bus]) -> None:
    with pytest.raises(BusAway, match="403|ACCESS_REFUSED"):
        buses["identity"].declare(0)


def test_a_queue_that_lacks_or_is_another_stops_nobody_who_publishes(loaded: Rabbit, buses: dict[str, Bus]) -> None:
    """Another's queue with other arguments ended every publisher's connection once: who declared met a 406."""
    with pika.BlockingConnection(pika.URLParameters(url(loaded, ADMINISTRATOR))) as connection:
        channel = connection.channel()
        channel.queue_delete("dsn")
        channel.queue_declare("dsn", durable=True)  # a classic queue, bound to nothing
        channel.queue_delete("contact")
    told = next(card.type for card in REGISTRY.produced_by("delegation") if "notification" in card.consumers)
    assert buses["delegation"].publisher().publish([message(told)], 30) == {}
    assert buses["delegation"].lacks() == ""


def test_a_worker_s_metrics_say_what_waits_in_its_own_queues_and_in_its_dead_letters(buses: dict[str, Bus]) -> None:
    told = next(card.type for card in REGISTRY.produced_by("delegation") if "notification" in card.consumers)
    assert buses["delegation"].publisher().publish([message(told)], 30) == {}
    queues = _Queues("notification", buses["notification"].depths)

    def waiting() -> dict[str, float]:
        (family,) = queues.collect()
        return {sample.labels["queue"]: sample.value for sample in family.samples}

    wanted = dict.fromkeys(owned_by("notification"), 0) | {"notification": 1}
    eventually(lambda: waiting() == wanted, state=lambda: str(waiting()))


def test_an_upgrade_keeps_the_rights_of_before_until_they_are_closed(
    loaded: Rabbit, tmp_path: Path, buses: dict[str, Bus]
) -> None:
    """The version before declares at each connection: it needs its rights until nothing of it runs any more."""
    now = definitions(REGISTRY, PASSWORDS)
    wide = dict.fromkeys(RIGHTS, f"^({BEFORE})$")
    topics = {"exchange": "espace", "write": f"^({re.escape(produced_by('identity'))})$", "read": ".*"}
    before = {
        "permissions": [{"user": name, "vhost": VHOST, **wide} for name in SERVICES],
        "topic_permissions": [{"user": "identity", "vhost": VHOST, **topics}],
    }
    told = next(card.type for card in REGISTRY.produced_by("delegation") if "notification" in card.consumers)
    assert buses["delegation"].publisher().publish([message(told)], 30) == {}

    def as_before() -> None:
        with pika.BlockingConnection(pika.URLParameters(url(loaded, "identity"))) as connection:
            channel = connection.channel()
            channel.exchange_declare("espace", "topic", durable=True)
            dead = {"x-dead-letter-exchange": "espace.dead", "x-dead-letter-routing-key": "dsn"}
            arguments = {"x-queue-type": "quorum", "x-delivery-limit": 100, **dead}
            channel.queue_declare("dsn", durable=True, arguments=arguments)
            channel.queue_bind("dsn", "espace", produced_by("delegation"))

    load(loaded, tmp_path, for_both(before, now))
    as_before()
    load(loaded, tmp_path, now)
    with pytest.raises(pika.exceptions.ChannelClosedByBroker, match="ACCESS_REFUSED"):
        as_before()
    waiting = buses["notification"].depths()
    assert sum(waiting.values()) == 1, waiting  # what stood, and what lay in it, stays
