"""A process judges by its database's clock, whatever its machine says, for one question every few seconds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from backbone.clock import FixedClock, SystemClock
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.serving import skew
from backbone.store import database_clock
from backbone.store.database_clock import DatabaseClock
from backbone.store.engines import make_engine, read_only
from tests.support.ports import free_port
from tests.support.postgres import Postgres

NEAR = timedelta(seconds=2)


class Machine:
    """A machine's date and count of seconds, moved by hand; questions to the database are counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
        self.date, self.counted, self.asked = FixedClock(datetime.now(UTC)), 1000.0, 0
        self.engine, self.clock = make_engine(url), DatabaseClock()
        monkeypatch.setattr(database_clock, "monotonic", lambda: self.counted)
        monkeypatch.setattr(self.clock, "_machine", self.date)
        real = database_clock._said

        def said(connection: object) -> datetime:
            self.asked += 1
            return real(connection)

        monkeypatch.setattr(database_clock, "_said", said)
        self.clock.follow(self.engine)

    def goes_on(self, seconds: float) -> None:
        """Time passes, on this machine alone."""
        self.date.advance(timedelta(seconds=seconds))
        self.counted += seconds

    def off(self) -> timedelta:
        """How far what it says is from this hour."""
        return abs(self.clock.now() - datetime.now(UTC))


@pytest.fixture
def machine(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """A process of that machine."""
    made = Machine(monkeypatch, postgres.url())
    yield made
    made.engine.dispose()


@pytest.mark.postgresql
class TestOnPostgreSQL:
    @pytest.mark.parametrize("ahead", [3600, -7200, 10, 400 * 86400])
    def test_the_date_of_the_machine_judges_nothing(self, machine: Machine, ahead: int) -> None:
        machine.date.advance(timedelta(seconds=ahead))
        assert machine.off() < NEAR
        assert abs((machine.clock.skew() or 0) - ahead) < 2
        assert skew.state(machine.clock) == "away"

    def test_a_date_that_is_set_while_it_runs_changes_nothing(self, machine: Machine) -> None:
        assert machine.off() < NEAR
        machine.date.advance(timedelta(hours=-3))
        assert (machine.off() < NEAR, skew.state(machine.clock)) == (True, "away")
        machine.date.set(datetime.now(UTC))
        assert (machine.off() < NEAR, skew.state(machine.clock)) == (True, "ok")

    def test_a_machine_that_slept_asks_at_once(self, machine: Machine) -> None:
        machine.clock.now()
        machine.date.advance(timedelta(hours=1))  # its count of seconds stood still
        asked = machine.asked
        assert (machine.off() < NEAR, machine.asked) == (True, asked + 1)

    def test_many_units_ask_once_in_five_seconds(self, machine: Machine) -> None:
        for _ in range(50):
            with UnitOfWork(machine.engine, source="sample", clock=machine.clock) as uow:
                assert abs(uow.now - datetime.now(UTC)) < NEAR
            with read_only(machine.engine).connect():
                machine.clock.now()
        assert machine.asked == 1
        machine.goes_on(5.1)
        with machine.engine.connect() as connection:
            assert not connection.connection.driver_connection.autocommit  # type: ignore[union-attr]
        assert machine.asked == 2

    def test_an_idle_process_asks_before_it_judges(self, machine: Machine) -> None:
        machine.clock.now()
        machine.goes_on(61)
        assert (machine.off() < NEAR, machine.asked) == (True, 2)

    def test_it_counts_on_while_the_database_is_away(self, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
        first, tries = machine.clock.now(), []

        def away() -> sa.Connection:
            tries.append(1)
            raise sa.exc.OperationalError("connect", {}, Exception("away"))

        monkeypatch.setattr(machine.engine, "connect", away)
        machine.goes_on(100)
        assert [machine.clock.now() - first for _ in range(3)] == [timedelta(seconds=100)] * 3
        assert len(tries) == 1

    def test_an_answer_that_took_long_says_the_time_too_roughly(
        self, machine: Machine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        machine.clock.now()
        machine.goes_on(6)

        def slowly(_connection: object) -> datetime:
            machine.goes_on(3)
            return datetime(2000, 1, 1, tzinfo=UTC)

        monkeypatch.setattr(database_clock, "_said", slowly)
        machine.engine.connect().close()
        assert machine.clock.now().year > 2000


def test_it_says_no_time_that_nobody_told_it() -> None:
    clock = DatabaseClock()
    clock.follow(make_engine(f"postgresql+psycopg://nobody:x@127.0.0.1:{free_port()}/none"))
    with pytest.raises(sa.exc.OperationalError):
        clock.now()
    assert skew.state(clock) == "ok"  # readiness says that the database is away


def test_a_database_that_is_a_file_has_the_clock_of_its_machine(tmp_path: Path) -> None:
    clock = DatabaseClock()
    clock.follow(make_engine(f"sqlite:///{tmp_path / 'one.db'}"))
    assert abs(clock.now() - SystemClock().now()) < NEAR
    assert clock.skew() is None
    assert list(skew.Skew("sample", clock).collect()) == []
