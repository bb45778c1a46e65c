"""FA17, FA18: the scheduler killed, late, and doubled. What falls due is done once, in order."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.clock import SystemClock
from tests.support.drill import tables
from tests.support.ports import eventually
from tests.support.stage import Stage

pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(300)]


def fall_due(stage: Stage, count: int, first: timedelta, step: timedelta) -> list[str]:
    """Write `count` things that fall due one after the other; their names in that order."""
    start = SystemClock().now() + first
    # inserted in reverse: the order must come from the dates
    rows = [{"name": f"due-{n:03}", "due_at": start + n * step} for n in reversed(range(count))]
    with stage.unit("maker") as uow:
        uow.connection.execute(sa.insert(tables.dues), rows)
        uow.commit()
    names = sorted(row["name"] for row in rows)
    for name in names:
        stage.ledger.settle(name, "ok")
    return names


def test_fa17_what_fell_due_while_the_scheduler_was_dead_is_closed_once_at_its_start_in_order(stage):
    stage.worker("taker")
    names = fall_due(stage, 40, timedelta(hours=1), timedelta(minutes=2))
    early = stage.worker("maker")
    eventually(lambda: stage.count("maker", "job_runs WHERE finished_at IS NOT NULL AND name = 'close_due'"))
    early.kill9()
    assert stage.count("maker", "dues WHERE closed_at IS NOT NULL") == 0
    late = stage.worker("maker", wait=False, clock_shift=3 * 3600, slow=0.02)
    eventually(lambda: stage.count("maker", "dues WHERE closed_at IS NOT NULL") >= 5)
    late.kill9()  # and once more, in the middle of making up for it
    stage.worker("maker", clock_shift=3 * 3600)
    eventually(lambda: stage.count("maker", "dues WHERE closed_at IS NULL") == 0)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)
    assert stage.effects() == names


def two_schedulers(stage: Stage, **drill: object) -> None:
    """Two makers at once on the same due things."""
    stage.worker("taker")
    fall_due(stage, 60, timedelta(seconds=-60), timedelta(milliseconds=1))
    for _ in range(2):
        stage.worker("maker", wait=False, slow=0.03, **drill)
    eventually(lambda: stage.count("maker", "dues WHERE closed_at IS NULL") == 0, limit=30)


def test_fa18_of_two_schedulers_one_works(stage):
    two_schedulers(stage)
    verdict = stage.verdict()
    assert verdict.clean, str(verdict)


def test_fa18_red_twin_without_the_lock_closings_are_doubled(stage):
    two_schedulers(stage, no_leader=1)
    assert stage.verdict().doubled
