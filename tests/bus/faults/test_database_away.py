"""FA7: the database stops under load. Requests are told so at once, workers wait with what they hold, nothing parks."""

import time

import pytest

from backbone.ids import new_id
from tests.support.ports import patience
from tests.support.stage import Driver

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def test_fa7_a_database_that_stops_is_a_503_at_once_and_costs_nothing(stage):
    workers = [stage.worker("maker"), stage.worker("taker", slow=0.001)]
    _, port = stage.api()
    driver = Driver(stage, port, "http")
    stage.write((f"bulk-{n}" for n in range(2000)), batch=100)
    stage.postgres.stop_immediate()
    stage.ledger.kills += 1
    refusals = []
    try:
        end = time.monotonic() + 4
        while time.monotonic() < end:
            begun = time.monotonic()
            status, headers = stage.post(port, "never", str(new_id()))
            refusals.append((status, headers.get("Retry-After"), time.monotonic() - begun))
            time.sleep(0.1)
    finally:
        stage.postgres.start()
    time.sleep(0.5)
    driver.stop()
    assert {(status, bool(after)) for status, after, _ in refusals} == {(503, True)}
    assert max(seconds for _, _, seconds in refusals) <= 2.5 * patience()
    stage.ledger.settle("never", "refused")
    stage.quiet()
    assert all(worker.running() for worker in workers)
    stage.ledger.enough(kills=1, operations=2000)
    assert set(driver.statuses) == {201, 503}
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)
