"""Fixtures that give tests a real PostgreSQL, RabbitMQ or clamd; a conftest imports those it uses.

One server per pytest process (xdist worker) and session: workers never share, so nothing has to be locked.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.clamd import LocalClamd
from tests.support.postgres import LocalPostgres, start_postgres
from tests.support.rabbitmq import LocalRabbit, start_rabbitmq


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """A folder for a server, outside of pytest's: pytest closes its own to other users each time a run begins, which
    takes the data away from a PostgreSQL of another run that is still going on."""
    path = Path(tempfile.mkdtemp(prefix=f"espace-{name}-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[LocalPostgres]:
    """A PostgreSQL server; ask it for a database of your own.

    Without fsync: a killed server finds its pages in the system's cache; only a power cut would lose them.
    """
    with folder("postgres") as place:
        server = start_postgres(place, fsync=False)
        yield server
        server.close()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[LocalRabbit]:
    """A RabbitMQ broker; who kills it starts it again."""
    with folder("rabbitmq") as place:
        broker = start_rabbitmq(place)
        yield broker
        broker.close()


@pytest.fixture
def clamd() -> Iterator[LocalClamd]:
    """A running clamd that knows the EICAR test file."""
    with folder("clamd") as place:
        daemon = LocalClamd(place).start()
        yield daemon
        daemon.kill9()
