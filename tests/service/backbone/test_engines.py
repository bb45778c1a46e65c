"""A pool that outlives its connections."""

import pytest
import sqlalchemy as sa

from backbone.store import engines
from tests.support.postgres import Postgres


def backend(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one())


def kill(postgres: Postgres, database: str, pid: int) -> None:
    with postgres.connect(database) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))


@pytest.mark.postgresql
@pytest.mark.parametrize("idle", [0.0, 600.0], ids=["asked before its use", "not asked: it was used just now"])
def test_fa7_a_connection_that_died_while_it_lay_idle_is_replaced_unseen(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, idle: float
) -> None:
    monkeypatch.setattr(engines, "IDLE", idle)
    url = postgres.create_database()
    engine = engines.make_engine(url)
    first = backend(engine)
    kill(postgres, sa.make_url(url).database or "", first)
    if idle:  # the red twin; and the next use is well again
        with pytest.raises(sa.exc.OperationalError):
            backend(engine)
    assert backend(engine) != first
    engine.dispose()
