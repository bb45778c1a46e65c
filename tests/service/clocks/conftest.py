"""Identity, delegation and notification on PostgreSQL at this very hour, and real processes beside them whose clocks
are wrong."""

import sys
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backbone.clock import FixedClock
from tests.service.together.system import Together
from tests.support.moved import moved
from tests.support.ports import free_port
from tests.support.postgres import Postgres
from tests.support.processes import Child


class Moved:
    """The services in this process, whose clock is right, and the processes that are started beside them."""

    def __init__(self, postgres: Postgres, folder: Path) -> None:
        self._folder, self._processes = folder, list[Child]()
        self.clock = FixedClock(datetime.now(UTC))
        self.together = Together(lambda _: postgres.create_database(), folder, self.clock)

    def worker(self, name: str, ahead: int = 0) -> Child:
        """The worker of `name`, its clock `ahead` seconds; it answers on its management port."""
        return self._start(name, ["-m", "backbone", "worker", name], ahead, {})

    def api(self, name: str, ahead: int = 0, threads: int = 4) -> tuple[Child, str]:
        """The API of `name` as entrypoint.sh starts it, and its address."""
        port, metrics = free_port(), self._folder / f"metrics{len(self._processes)}"
        metrics.mkdir()
        words = ["-m", "gunicorn", "--config", "python:backbone.gunicorn_conf"]
        told = {
            "BIND": f"127.0.0.1:{port}",
            "WEB_CONCURRENCY": "1",
            "WEB_THREADS": str(threads),
            "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        }
        return self._start(name, words, ahead, told), f"http://127.0.0.1:{port}"

    def close(self) -> None:
        """End all."""
        for process in self._processes:
            if process.running():
                process.kill9()
        self.together.close()

    def _start(self, name: str, words: list[str], ahead: int, told: dict[str, str]) -> Child:
        management = free_port()
        settings = self.together.services[name].service.settings
        given = {f"ESPACE_{one.name.upper()}": getattr(settings, one.name) for one in fields(settings)}
        environment = {
            **{key: str(value) for key, value in given.items() if value != ""},
            **told,
            **moved(ahead),
            "SERVICE": name,
            "ESPACE_MANAGEMENT_PORT": str(management),
        }
        log = self._folder / f"{name}{len(self._processes)}.log"
        ready = f"http://127.0.0.1:{management}/readyz"
        self._processes.append(Child([sys.executable, *words], environment, log, ready))
        return self._processes[-1]


@pytest.fixture
def beside(postgres: Postgres, tmp_path: Path) -> Iterator[Moved]:
    """See Moved."""
    made = Moved(postgres, tmp_path)
    yield made
    made.close()
