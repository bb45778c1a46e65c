"""The policies of the broker's definitions, in force on queues that stood before them (RabbitMQ 3.10 and 4)."""

import json
import re

import pytest

from backbone.bus.rabbitmq.topology import dead_exchange, dead_queue, policies
from contracts import REGISTRY
from scripts.broker_accounts import ADMINISTRATOR, definitions
from tests.bus.conftest import World, message
from tests.support.ports import eventually

pytestmark = pytest.mark.rabbitmq


@pytest.fixture
def world(rabbitmq):
    world = World(rabbitmq.url())
    yield world
    world.close()


def enforce(rabbitmq, world):
    for name, (queues, definition) in policies(world.topology).items():
        words = (f"{world.mark}-{name}", f"^({'|'.join(map(re.escape, queues))})$", json.dumps(definition))
        rabbitmq.ctl("set_policy", *words, "--apply-to", "queues")
        eventually(lambda queues=queues, words=words: policies_of(rabbitmq, queues) == {words[0]})


def policies_of(rabbitmq, queues):
    rows = json.loads(rabbitmq.ctl("list_queues", "--formatter=json", "name", "policy"))
    return {row["policy"] for row in rows if row["name"] in queues}


def messages(rabbitmq, queue):
    rows = json.loads(rabbitmq.ctl("list_queues", "--formatter=json", "name", "messages"))
    return next(row["messages"] for row in rows if row["name"] == queue)


def bury(witness, queue):
    got = eventually(lambda: witness.basic_get(queue))
    witness.basic_reject(got.delivery_tag, requeue=False)


@pytest.mark.parametrize("policy", [True, False], ids=["at least once", "the broker's default, which forgets"])
def test_a_dead_letter_that_no_queue_takes_stays_where_it_was(world, rabbitmq, witness, policy):
    world.bus().publisher().publish([message()], 10)
    if policy:
        enforce(rabbitmq, world)
    witness.queue_unbind(dead_queue(world.left), dead_exchange(world.topology), world.left)
    bury(witness, world.left)
    eventually(lambda: messages(rabbitmq, world.left) == int(policy))
    witness.queue_delete(world.left)


def test_a_dead_letter_is_kept_however_often_it_is_looked_at(world, rabbitmq, witness):
    world.bus().publisher().publish([message()], 10)
    enforce(rabbitmq, world)
    bury(witness, world.left)
    for _ in range(25):  # RabbitMQ 4 forgets at 20, where nobody says otherwise
        got = eventually(lambda: witness.basic_get(dead_queue(world.left)))
        witness.basic_reject(got.delivery_tag, requeue=True)
    assert eventually(lambda: witness.basic_get(dead_queue(world.left)))


def test_the_definitions_name_every_queue_of_the_topology_in_one_policy():
    made = definitions(REGISTRY, {ADMINISTRATOR: "secret"})
    for queue in made["queues"]:
        assert sum(bool(re.match(one["pattern"], queue["name"])) for one in made["policies"]) == 1
