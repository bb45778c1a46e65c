"""A line to the database that dies without a word is given up within a limit of ours, and the next act is well.

Over loopback the kernel answers for the line, so what libpq asks of TCP never fires here: our own limit on each act
ends the wait. By default a request waits 35 s and a worker 60 s at most; here everything is a tenth or less.
"""

import secrets
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from backbone.messaging import wakeup
from backbone.shape.config import BaseSettings
from backbone.store import database_line, engines
from tests.support.line import Line, line_to
from tests.support.ports import eventually, patience
from tests.support.postgres import Postgres

pytestmark = pytest.mark.postgresql
SECONDS = 1.0


@pytest.fixture
def line(postgres: Postgres) -> Iterator[Line]:
    """The way to the server."""
    with line_to(postgres.port) as one:
        yield one


@pytest.fixture
def engine(postgres: Postgres, line: Line, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """An engine at the other end of it, for an empty database."""
    monkeypatch.setattr(database_line, "CONNECT_SECONDS", engines.CONNECT_SECONDS)
    url = sa.make_url(postgres.create_database(f"line_{secrets.token_hex(4)}")).set(port=line.port)
    made = engines.make_engine(url.render_as_string(hide_password=False), seconds=SECONDS)
    yield made
    made.dispose()


def ask(engine: sa.Engine) -> object:
    with engine.connect() as connection:
        return connection.execute(sa.text("SELECT 1")).scalar_one()


def test_an_act_under_way_when_the_line_dies_is_given_up(engine: sa.Engine, line: Line) -> None:
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        line.swallow()
        begun = time.monotonic()
        with pytest.raises(sa.exc.OperationalError) as error:
            connection.execute(sa.text("SELECT 2"))
        assert time.monotonic() - begun < 2 * SECONDS * patience()
        assert error.value.connection_invalidated
    line.heal()
    assert ask(engine) == 1


def test_a_commit_that_is_not_answered_is_given_up(engine: sa.Engine, line: Line) -> None:
    begun = time.monotonic()
    with pytest.raises(sa.exc.OperationalError), engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE t (n int)"))
        line.swallow()
    assert time.monotonic() - begun < 2 * SECONDS * patience()


def test_a_connection_whose_line_died_while_it_lay_idle_is_noticed_by_the_ping(
    engine: sa.Engine, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "IDLE", 0.0)
    monkeypatch.setattr(engines, "PING_SECONDS", 0.5)
    ask(engine)
    line.swallow()
    line.heal()
    begun = time.monotonic()
    assert ask(engine) == 1
    assert time.monotonic() - begun < SECONDS * patience()


def test_nobody_waits_for_a_line_that_takes_connections_and_says_nothing(engine: sa.Engine, line: Line) -> None:
    line.swallow()
    begun = time.monotonic()
    with pytest.raises(sa.exc.OperationalError):
        ask(engine)
    assert time.monotonic() - begun < 5 * patience()


def test_a_statement_that_the_database_ends_leaves_the_line_standing(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(sa.exc.OperationalError) as error:
            connection.execute(sa.text("SELECT pg_sleep(60)"))
        assert not error.value.connection_invalidated
        connection.rollback()
        assert connection.execute(sa.text("SELECT 1")).scalar_one() == 1


def test_who_listens_on_a_dead_line_listens_again(
    engine: sa.Engine, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeup, "PING_EVERY", 0.5)
    wakeups = wakeup.Wakeups(engine)
    woken = wakeups.event("outbox")
    wakeups.start()
    try:
        eventually(woken.is_set, what="it does not listen")
        line.swallow()
        line.heal()
        woken.clear()
        eventually(woken.is_set, limit=10, what="it trusts a dead line")  # it listens anew, and wakes everybody once
        woken.clear()
        with engine.begin() as connection:
            wakeup.notify(connection, ["outbox"])
        eventually(woken.is_set, what="it does not hear")
    finally:
        wakeups.stop()


def test_the_kernel_is_asked_too(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        told = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
        server = connection.execute(sa.text("SHOW tcp_user_timeout")).scalar_one()
    assert told["tcp_user_timeout"] == str(int(1000 * SECONDS))
    assert int(told["keepalives_idle"]) + int(told["keepalives_interval"]) * int(told["keepalives_count"]) <= 30
    assert int(server) == 1000 * SECONDS  # milliseconds


def test_by_default_a_request_gives_up_within_35_seconds_and_a_worker_within_60() -> None:
    seconds = BaseSettings.__dataclass_fields__["database_seconds"].default
    longest = engines.give_up_after(seconds)
    assert longest <= 35
    assert longest + engines.PING_SECONDS + 2 * engines.CONNECT_SECONDS <= 60
    assert wakeup.PING_EVERY + engines.PING_SECONDS + engines.CONNECT_SECONDS <= 60
