"""When a job of the whole service is due (FA17)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.ports import Wiring
from backbone.shape.jobs import Job, JobRunner
from backbone.store.tables import APART
from backbone.testing import ServiceUnderTest

EVERY = timedelta(hours=1)


@pytest.fixture
def runner(under: ServiceUnderTest, clock: FixedClock) -> JobRunner:
    """One process of the service, with one job that has run now."""
    runner = JobRunner(under.engine, clock, {"look": Job(EVERY, lambda: 1)}, Wiring())
    assert runner.run_if_due("look") == 1
    return runner


def test_it_runs_once_in_its_period(runner: JobRunner, clock: FixedClock) -> None:
    clock.advance(EVERY - timedelta(seconds=1))
    assert runner.run_if_due("look") == 0
    clock.advance(timedelta(seconds=1))
    assert (runner.run_if_due("look"), runner.run_if_due("look")) == (1, 0)


def test_one_that_is_due_further_away_than_its_period_is_due_now(
    runner: JobRunner, under: ServiceUnderTest, clock: FixedClock
) -> None:
    ahead = clock.now() + EVERY + timedelta(days=1)  # as a process whose clock was a day ahead left it
    with under.engine.begin() as connection:
        connection.execute(sa.update(APART.job_runs).values(due_at=ahead))
    assert (runner.run_if_due("look"), runner.run_if_due("look")) == (1, 0)


def test_a_run_that_did_not_end_is_made_again_soon_and_not_a_period_later(
    under: ServiceUnderTest, clock: FixedClock
) -> None:
    ends = [False, True]

    def look() -> int:
        if not ends.pop(0):
            raise SystemExit("killed in the middle")
        return 1

    runner = JobRunner(under.engine, clock, {"look": Job(timedelta(days=1), look)}, Wiring())
    with pytest.raises(SystemExit):
        runner.run_if_due("look")
    assert runner.run_if_due("look") == 0
    clock.advance(timedelta(minutes=1))
    assert (runner.run_if_due("look"), ends) == (1, [])
    clock.advance(timedelta(hours=23))
    assert runner.run_if_due("look") == 0
