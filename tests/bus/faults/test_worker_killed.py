"""FA2, FA3: workers and relays killed at the worst moment; and the red twins that prove the test can see it."""

import pytest

from tests.support.drill.sabotage import ACKNOWLEDGED
from tests.support.ports import eventually
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def kill_workers(stage: Stage, kills: int) -> None:
    """Kill workers in the middle of a handler, then let one finish."""
    relay = stage.worker("maker")
    for _ in range(kills):
        stage.strike(stage.worker("taker", wait=False, slow=0.0005), "handling")
    stage.worker("taker", wait=False)
    stage.quiet()
    relay.kill9()


def test_fa2_a_worker_killed_in_the_middle_of_its_handler_loses_and_doubles_nothing(stage):
    stage.write(f"m{n}" for n in range(2000))
    kill_workers(stage, 10)
    stage.ledger.enough(kills=10, operations=2000)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_fa2_red_twin_acknowledging_before_the_commit_loses(stage):
    stage.write(f"m{n}" for n in range(600))
    relay = stage.worker("maker")
    eventually(lambda: stage.depth("taker") == 600, limit=60, every=0.2, what="not all is in the queue")
    hasty = stage.worker("taker", "ack", wait=False, slow=0.005)
    eventually(lambda: stage.depth("taker") < 600, limit=60, every=0.2, what="nothing was acknowledged")
    (stage.folder / ACKNOWLEDGED).touch()
    stage.strike(hasty, "handling")
    stage.worker("taker", wait=False)
    stage.quiet()
    relay.kill9()
    assert stage.verdict().lost


def kill_relays(stage: Stage, kills: int, sabotage: str = "") -> None:
    """Kill relays after the broker has confirmed and before the outbox forgets, while a worker consumes."""
    stage.worker("taker", sabotage, wait=False)
    for _ in range(kills):
        stage.strike(stage.worker("maker", "pause", wait=False), "published")
    assert stage.count("maker", "outbox") == len(stage.ledger.ok)
    first = stage.ledger.ok  # handled before the last copy comes: two copies in one batch are one without any inbox
    eventually(lambda: first <= set(stage.effects()), limit=30, what="the first copies were not handled")
    stage.worker("maker")
    stage.quiet()


def test_fa3_a_relay_killed_between_confirm_and_deletion_repeats_and_the_inbox_absorbs_it(stage):
    stage.write(f"m{n}" for n in range(100))
    kill_relays(stage, 10)
    stage.ledger.enough(kills=10, operations=100)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)
    assert stage.count("taker", "inbox") == 100


def test_fa3_red_twin_without_the_inbox_effects_are_doubled(stage):
    stage.write(f"m{n}" for n in range(50))
    kill_relays(stage, 1, sabotage="inbox")
    verdict = stage.verdict()
    assert len(verdict.doubled) == 50 and not verdict.lost
