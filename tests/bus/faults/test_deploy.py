"""FA23, FA24: a deployment under load, and a start in the wrong order with nothing there yet."""

import time

import pytest

from tests.support.ports import eventually, patience
from tests.support.stage import Driver

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def test_fa23_a_rolling_restart_under_load_ends_cleanly_and_costs_nothing(stage):
    workers = {name: stage.worker(name.rstrip("2"), child=True, wait=False) for name in ("maker", "taker", "taker2")}
    api, port = stage.api()
    for worker in workers.values():
        worker.wait_ready()
    driver = Driver(stage, port, "http")
    stage.write((f"bulk-{n}" for n in range(3000)), batch=100)
    for name, worker in workers.items():
        eventually(lambda: len(driver.times) % 7 == 3, every=0.001)
        worker.terminate(limit=20)
        assert worker.exit_status() == 0, worker.tail()
        stage.ledger.kills += 1
        stage.worker(name.rstrip("2"))
    api.terminate(limit=20)
    stage.api(port=port)
    driver.stop()
    stage.ledger.enough(kills=3, operations=3000)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_fa24_processes_started_before_their_servers_wait_and_become_ready(stage):
    stage.postgres.stop_immediate()
    stage.kill_broker()
    taker, maker = stage.worker("taker", wait=False), stage.worker("maker", wait=False)
    api, port = stage.api(wait=False)
    eventually(lambda: taker.status() == maker.status() == 503, limit=20)
    time.sleep(1)
    assert taker.running() and maker.running() and api.running()
    begun = time.monotonic()
    stage.rabbitmq.start(wait=False)
    stage.postgres.start()
    for process in (taker, maker, api):
        process.wait_ready(60)
    assert stage.post(port, "first", "0190b5a8-0000-7000-8000-000000000001")[0] == 201
    eventually(lambda: stage.effects() == ["first"], limit=60)
    assert time.monotonic() - begun <= 60 * patience()
