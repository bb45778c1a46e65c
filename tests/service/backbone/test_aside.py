"""A job that takes the oldest rows that are due: one that cannot be done does not stand before the others (FA17)."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from backbone.shape.aside import Rows, in_batches
from backbone.shape.housekeeping import ROWS_KEPT
from backbone.store.tables import APART
from backbone.testing import ServiceUnderTest

JOB = "do_things"


class Things:
    """Rows in an order of their own, some of which cannot be done."""

    def __init__(self, under: ServiceUnderTest, count: int) -> None:
        self.under, self.left = under, [new_id() for _ in range(count)]
        self.bad: set[UUID] = set()
        self.batches: list[int] = []

    def due(self, uow, limit, beside):
        """The oldest first."""
        return [one for one in self.left if one not in beside][:limit]

    def act(self, rows, uow):
        """All of them, or none."""
        self.batches.append(len(rows))
        if self.bad & set(rows):
            raise ValueError("secret words of a person")
        self.left = [one for one in self.left if one not in rows]
        return len(rows)

    def run(self, batch: int = 8) -> int:
        """As a job does."""
        return in_batches(Rows(JOB, self.due, self.act, lambda row: row), units=self.under.unit, batch=batch)

    def aside(self):
        """Tries, pause and reason of each row that is set aside."""
        table = APART.job_runs
        query = sa.select(table).where(table.c.name.startswith(JOB)).order_by(table.c.name)
        with self.under.engine.connect() as connection:
            return [(row.done, row.due_at - self.under.clock.now(), row.error) for row in connection.execute(query)]


@pytest.fixture
def things(under: ServiceUnderTest) -> Things:
    return Things(under, 20)


def test_all_that_is_due_is_done_in_batches(things: Things) -> None:
    assert (things.run(), things.batches, things.aside()) == (20, [8, 8, 4], [])


@pytest.mark.parametrize("at", [0, 7, 19])
def test_the_others_are_done(things: Things, at: int) -> None:
    things.bad = {things.left[at]}
    assert (things.run(), set(things.left)) == (19, things.bad)
    assert len(things.batches) < 20


def test_it_comes_back_after_a_while_with_its_tries_and_no_word_of_what_it_says(things: Things) -> None:
    things.bad = {things.left[0]}
    for tries, minutes in ((1, 1), (2, 4), (3, 16), (4, 60), (5, 60)):
        things.run()
        ((done, pause, reason),) = things.aside()
        assert (done, pause) == (tries, timedelta(minutes=minutes))
        assert reason.startswith("ValueError at test_aside.py:") and "secret" not in reason
        before = len(things.batches)
        assert (things.run(), len(things.batches)) == (0, before)
        things.under.clock.advance(pause)


def test_once_it_can_be_done_it_is_and_nothing_remains(things: Things) -> None:
    things.bad = {things.left[0], things.left[1]}
    things.run()
    things.bad.clear()
    things.under.clock.advance(timedelta(minutes=1))
    assert (things.run(), things.left, things.aside()) == (2, [], [])


def test_what_was_set_aside_and_is_gone_is_forgotten(things: Things) -> None:
    things.bad = {things.left[0]}
    things.run()
    things.left.clear()
    things.under.clock.advance(ROWS_KEPT + timedelta(minutes=2))
    things.under.run_job("purge_backbone")
    assert things.aside() == []


def test_a_database_that_is_away_is_nobodys_row(things: Things) -> None:
    def away(rows, uow):
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    with pytest.raises(sa.exc.OperationalError):
        in_batches(Rows(JOB, things.due, away, lambda row: row), units=things.under.unit, batch=8)
    assert things.aside() == []


def test_a_question_that_fails_is_the_jobs_own_fault(things: Things) -> None:
    def broken(uow, limit, beside):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        in_batches(Rows(JOB, broken, things.act, lambda row: row), units=things.under.unit, batch=8)


WORDS = {
    "too long": ("SET LOCAL statement_timeout = 200", "SELECT pg_sleep(5)"),
    "locked": ("SET LOCAL lock_timeout = 200", "SELECT name FROM job_runs WHERE name = 'held' FOR UPDATE"),
}


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
@pytest.mark.parametrize("what", WORDS)
def test_a_row_that_takes_too_long_or_is_held_stands_before_no_other(things: Things, what: str) -> None:
    """The driver counts these with the errors of a database that is away (OperationalError)."""
    bad, real = things.left[0], things.act

    def act(rows, uow):
        if bad in rows:
            for statement in WORDS[what]:
                uow.connection.execute(sa.text(statement))
        return real(rows, uow)

    things.act = act
    with things.under.engine.connect() as holder:
        holder.execute(sa.insert(APART.job_runs).values(name="held", due_at=things.under.clock.now()))
        holder.commit()
        holder.execute(sa.text(WORDS["locked"][1]))
        assert (things.run(), things.left) == (19, [bad])
        holder.rollback()
    ((tries, _, reason),) = things.aside()
    assert tries == 1 and reason.startswith("OperationalError")
