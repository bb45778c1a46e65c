"""One makes a great noise, his neighbour's events are not late (decision 31): real workers, PostgreSQL and RabbitMQ.

Nothing here measures a machine: it is asked what stood before what. `benchmarks/neighbour.py` measures.
"""

import time

import pytest

from backbone.events.lanes import Lane
from tests.support.ports import eventually
from tests.support.stage import Stage, percentile

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]
NOISE, ACTS, SLOW = 600, 8, 0.02


def make_noise(stage: Stage, lane: Lane) -> list[int]:
    """Somebody imports, and his neighbour acts meanwhile: how much of the noise was applied before each act was."""
    stage.worker("maker")
    stage.worker("taker", slow=SLOW)
    stage.write((f"noise-{n}" for n in range(NOISE)), batch=NOISE, lane=lane)
    eventually(lambda: stage.effects(), limit=60, what="the noise does not begin")
    for number in range(ACTS):
        stage.write([f"act-{number}"])
        time.sleep(0.1)
    eventually(lambda: sum(one.startswith("act") for one in stage.effects()) == ACTS, limit=120, state=stage.state)
    applied = stage.effects()
    return [applied.index(f"act-{number}") - number for number in range(ACTS)]


def test_a_neighbours_act_does_not_wait_for_an_import(stage: Stage) -> None:
    before = make_noise(stage, Lane.BULK)
    assert percentile(before, 0.95) < NOISE / 2, before
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)  # and nothing of the import is lost, or late for ever


def test_the_red_twin_with_one_lane_it_waits_for_all_of_it(stage: Stage) -> None:
    assert min(make_noise(stage, Lane.URGENT)) >= NOISE - 1
