"""What met the broker's last net is seen, stays however often it is looked at, and comes back through the inbox."""

import json

import pika
import pytest

from tests.bus.faults.test_bad_events import event, publish
from tests.bus.faults.test_poison import PARKED, supervise
from tests.support.ports import eventually
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def bury(stage: Stage, count: int) -> None:
    """Make dead letters of `count` events that wait, as the broker does at its limit."""
    with pika.BlockingConnection(pika.URLParameters(stage.broker)) as connection:
        channel = connection.channel()
        for _ in range(count):
            method = eventually(lambda: channel.basic_get("taker")[0])
            channel.basic_reject(method.delivery_tag, requeue=False)
    eventually(lambda: stage.dead() == count)


def command(stage: Stage, *words: str) -> list[str]:
    """The lines an operator's command says."""
    process = stage.run("dead", "taker", wait=False, words=words)
    eventually(lambda: not process.running(), limit=30)
    return process.tail().strip().splitlines()


def test_dead_letters_are_listed_without_being_taken_and_replayed_once(stage):
    sent = [event(f"poison{n}" if n == 3 else f"m{n}") for n in range(5)]
    publish(stage, sent)
    bury(stage, 5)
    listed = [[json.loads(line) for line in command(stage, "list")] for _ in range(2)]
    assert [one["id"] for one in listed[0]] == [str(one.id) for one in sent]
    assert listed[1] == listed[0] and listed[0][0]["reason"] == "rejected" and stage.dead() == 5
    assert command(stage, "replay")[-1] == "5 to replay"
    assert command(stage, "replay")[-1] == "0 to replay"
    assert stage.dead() == 0
    stage.worker("taker")
    for n in (0, 1, 2, 4):
        stage.ledger.settle(f"m{n}", "ok")
    verdict = stage.verdict(expected_parked=1)  # judged as any other: what cannot be handled is parked
    assert verdict.clean, str(verdict)


def test_a_message_that_is_no_event_comes_back_as_one_parked_delivery(stage):
    broken = event("m1")
    publish(stage, [type(broken)(broken.id, broken.type, broken.headers, b"{not json")])
    bury(stage, 1)
    assert command(stage, "replay")[-1] == "1 to replay"
    stage.worker("taker")
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean, str(verdict)


def test_one_that_ends_its_process_ends_no_command_and_is_parked_by_its_tries(stage):
    publish(stage, [event("fatal"), event("m1")])
    bury(stage, 2)
    assert command(stage, "replay")[-1] == "2 to replay"
    supervise(stage, PARKED)
    stage.ledger.settle("m1", "ok")
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean and stage.dead() == 0, str(verdict)
