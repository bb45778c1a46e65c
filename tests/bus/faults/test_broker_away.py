"""FA4, FA5, FA6: the broker killed under load, away for long, blocked by an alarm. Commands go on; nothing is lost."""

import json
import time
import urllib.request

import pytest

from backbone.ids import new_id
from tests.support.drill.cards import DONE
from tests.support.ports import eventually, patience
from tests.support.stage import Driver, Stage, percentile

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def kill_brokers(stage: Stage, kills: int, sabotage: str = "") -> tuple[Driver, list[float]]:
    """Kill the broker under load; the driver that made the load and the seconds each recovery took."""
    workers = [stage.worker("maker", sabotage), stage.worker("taker")]
    _, port = stage.api()
    driver, recoveries = Driver(stage, port, "http"), []
    for number in range(kills):
        stage.write((f"bulk-{number}-{n}" for n in range(1000)), batch=10)
        stage.kill_broker()
        stage.rabbitmq.start()
        up, before = time.monotonic(), len(stage.effects())
        eventually(lambda before=before: len(stage.effects()) > before, limit=30, what="nothing flows again")
        recoveries.append(time.monotonic() - up)
    driver.stop()
    stage.quiet()
    assert all(worker.running() for worker in workers), "a worker ended because the broker was away"
    return driver, recoveries


def test_fa4_three_kills_of_the_broker_under_load_lose_and_double_nothing(stage):
    driver, recoveries = kill_brokers(stage, 3)
    stage.ledger.enough(kills=3, operations=3000)
    assert set(driver.statuses) == {201}, "the API answered an error because the broker was away"
    assert max(recoveries) <= 10 * patience()
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_fa4_red_twin_without_confirms_events_are_lost(stage):
    relay = stage.worker("maker", "confirms")
    eventually(lambda: stage.settled)
    for number in range(3):  # a kill may find nothing on its way: a busy machine writes slowly
        stage.write((f"bulk-{number}-{n}" for n in range(6000)), batch=1000)
        eventually(lambda: stage.count("maker", "outbox") < 6000, every=0.001)
        stage.kill_broker()
        stage.rabbitmq.start()
    stage.worker("taker")
    assert stage.verdict().lost and relay.running()


def test_fa5_a_broker_away_for_long_leaves_the_outbox_to_grow_and_drain_in_order(stage):
    maker, taker = stage.worker("maker"), stage.worker("taker")
    stage.kill_broker()
    deeds = [new_id() for _ in range(1000)]
    for version in range(1, 6):
        announce(stage, deeds, version)
    eventually(lambda: outbox_age(maker) >= 2)
    health = json.loads(get(maker.ready_url))
    assert health["bus"] == "degraded" and maker.status() == taker.status() == 200
    stage.rabbitmq.start()
    begun = time.monotonic()
    stage.quiet(60)
    assert time.monotonic() - begun <= 60 * patience()
    assert outbox_age(maker) == 0 and len(stage.ledger.ok) == 5000
    seen = stage.effects()
    assert stage.ledger.compare(seen).clean
    for number in range(0, 1000, 50):
        assert [marker for marker in seen if marker.startswith(f"{number}-")] == [f"{number}-{v}" for v in range(1, 6)]


def announce(stage: Stage, deeds: list, version: int) -> None:
    """One version of every deed, in one transaction."""
    with stage.unit("maker") as uow:
        for number, deed in enumerate(deeds):
            data = {"deed_id": deed, "marker": f"{number}-{version}", "place": f"p{version}"}
            uow.record(DONE, sequence=version, data=data)
        uow.commit()
    for number in range(len(deeds)):
        stage.ledger.settle(f"{number}-{version}", "ok")


def outbox_age(process) -> float:
    """What the process's metrics say of its oldest unsent event."""
    lines = get(process.ready_url.replace("readyz", "metrics")).splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("espace_outbox_age_seconds{"))


def get(url: str) -> str:
    """The body at `url`."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def test_fa6_a_blocked_broker_holds_no_lock_for_long_and_no_request_at_all(stage):
    stage.worker("maker")
    stage.worker("taker")
    _, port = stage.api()
    driver = Driver(stage, port, "http")
    eventually(lambda: len(driver.times) >= 50, limit=30)
    before = len(driver.times)
    stage.rabbitmq.alarm(True)
    try:
        held = []
        end = time.monotonic() + 8
        while time.monotonic() < end:
            held.append(locked_for(stage))
    finally:
        stage.rabbitmq.alarm(False)
    during = driver.times[before:]
    driver.stop()
    assert max(held) <= 6 * patience(), "the relay kept its rows locked"
    assert set(driver.statuses) == {201} and len(during) >= 50
    assert percentile(during, 0.95) <= 2 * percentile(driver.times[:before], 0.95) + 0.05 * patience()
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def locked_for(stage: Stage) -> float:
    """How long the oldest outbox row stays locked by somebody else, looked at now."""
    begun = time.monotonic()
    query = "outbox WHERE position IN (SELECT position FROM outbox ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED)"
    while stage.count("maker", "outbox") and not stage.count("maker", query):
        time.sleep(0.05)
    time.sleep(0.05)
    return time.monotonic() - begun
