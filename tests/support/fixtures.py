"""Fixtures that give tests a real PostgreSQL and a real RabbitMQ; a conftest imports those it uses.

One server per pytest process (xdist worker) and session: workers never share, so nothing has to be locked.
"""

from collections.abc import Iterator

import pytest

from tests.support.postgres import LocalPostgres, start_postgres
from tests.support.rabbitmq import LocalRabbit, start_rabbitmq


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPostgres]:
    """A PostgreSQL server; ask it for a database of your own."""
    server = start_postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def rabbitmq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRabbit]:
    """A RabbitMQ broker; who kills it starts it again."""
    broker = start_rabbitmq(tmp_path_factory.mktemp("rabbitmq"))
    yield broker
    broker.close()
