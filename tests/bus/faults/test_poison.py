"""A poison that ends its process: its neighbours are applied, it is parked, and the broker's last net stays empty."""

import pytest

from tests.bus.faults.test_bad_events import event, publish, replay
from tests.support.ports import eventually
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]
SUPERVISED = 40  # restarts a supervisor is given


def supervise(stage: Stage, over: str, least: int = 3) -> int:
    """Start a worker again whenever it has died, until the query `over` gives 1; how many died."""
    for died in range(SUPERVISED):
        worker = stage.worker("taker", wait=False)
        eventually(
            lambda worker=worker: not worker.running() or stage.count("taker", over) == 1, limit=60, state=stage.state
        )
        if worker.running():
            assert died >= least
            return died
    raise AssertionError(f"still dying: {stage.state()}")


PARKED = "inbox WHERE parked_at IS NOT NULL"


def test_a_poison_that_ends_its_process_is_parked_and_no_healthy_event_is_dead(stage):
    publish(stage, [event("fatal" if n == 700 else f"m{n}") for n in range(1500)])
    died = supervise(stage, PARKED)
    assert died < 15
    for n in range(1500):
        if n != 700:
            stage.ledger.settle(f"m{n}", "ok")
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean, str(verdict)
    assert stage.dead() == 0
    ((body, error),) = stage.ask("taker", "SELECT body, error FROM inbox WHERE parked_at IS NOT NULL")
    assert b"fatal" in bytes(body) and error.startswith("worker_ended")


def test_a_replayed_poison_ends_a_few_processes_and_is_parked_again(stage):
    publish(stage, [event("fatal"), *(event(f"m{n}") for n in range(20))])
    supervise(stage, PARKED)
    assert replay(stage) == "1 to replay"
    publish(stage, [event(f"m{n}") for n in range(20, 40)])
    supervise(stage, f"{PARKED} AND attempts >= 5", least=0)
    for n in range(40):
        stage.ledger.settle(f"m{n}", "ok")
    verdict = stage.verdict(expected_parked=1)
    assert verdict.clean and stage.dead() == 0, str(verdict)
