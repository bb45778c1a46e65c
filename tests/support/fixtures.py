"""Fixtures that give tests a real PostgreSQL, RabbitMQ or clamd; a conftest imports those it uses.

One server per pytest process (xdist worker) and session: workers never share, so nothing has to be locked.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.support import servers
from tests.support.clamd import LocalClamd
from tests.support.container import ContainerPostgres, ContainerRabbit
from tests.support.postgres import Postgres, start_postgres
from tests.support.rabbitmq import Rabbit, start_rabbitmq


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
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; ask it for a database of your own.

    Without fsync: a killed server finds its pages in the system's cache; only a power cut would lose them.
    """
    with folder("postgres") as place:
        containers = servers.source("postgresql") == "containers"
        server = ContainerPostgres(fsync=False) if containers else start_postgres(place, fsync=False)
        with closing(server):
            servers.note("PostgreSQL", server)
            yield server


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[Rabbit]:
    """A RabbitMQ broker; who kills it starts it again."""
    with folder("rabbitmq") as place:
        containers = servers.source("rabbitmq") == "containers"
        broker = ContainerRabbit() if containers else start_rabbitmq(place)
        with closing(broker):
            servers.note("RabbitMQ", broker)
            yield broker


@pytest.fixture
def clamd() -> Iterator[LocalClamd]:
    """A running clamd that knows the EICAR test file."""
    with folder("clamd") as place:
        daemon = LocalClamd(place).start()
        yield daemon
        daemon.kill9()
