"""The stage of a fault test: databases, a virtual host, the drill's processes, and eyes on what they did."""

import secrets
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import sqlalchemy as sa

from backbone.bus import Topology, make_bus
from backbone.clock import SystemClock
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.store import migrations
from tests.support.depths import depths
from tests.support.drill.cards import REGISTRY
from tests.support.drill.service import MIGRATIONS, Settings, build, carry_out
from tests.support.ledger import Ledger, Verdict
from tests.support.ports import eventually, free_port
from tests.support.postgres import Postgres
from tests.support.processes import NO_ANSWER, Child, Process, Zygote
from tests.support.rabbitmq import Rabbit


class Stage:
    """Everything of one fault test. Its queues are in a virtual host of their own."""

    def __init__(self, postgres: Postgres, rabbitmq: Rabbit, zygote: Zygote, folder: Path):
        self.postgres, self.rabbitmq, self.folder = postgres, rabbitmq, folder
        self._zygote = zygote
        self.ledger = Ledger()
        self.vhost = f"drill{secrets.token_hex(4)}"
        rabbitmq.open_vhost(self.vhost)
        self.broker = rabbitmq.url().removesuffix("%2F") + quote(self.vhost)
        self.names = {name: f"{name}_{self.vhost}" for name in ("maker", "taker")}
        self.services = {name: self._service(name) for name in self.names}
        self._processes: list[Process] = []
        self.declare()
        self._declared_at = time.monotonic()

    # what runs

    def worker(self, name: str, sabotage: str = "", wait: bool = True, child: bool = False, **drill: object) -> Any:
        """A worker process of `name`; as a `child` it is started the ordinary way and tells its exit status."""
        return self.run("worker", name, sabotage, wait, child, **drill)

    def run(
        self,
        command: str,
        name: str,
        sabotage: str = "",
        wait: bool = True,
        child: bool = False,
        words: Sequence[str] = (),
        **drill: object,
    ) -> Process:
        """A process of the drill; `words` follow the name, `drill` become its DRILL_* variables."""
        port, number = free_port(), len(self._processes)
        environment, log = self.environment(name, port, sabotage, drill), self.folder / f"{name}{number}.log"
        ready = f"http://127.0.0.1:{port}/readyz"
        if child:
            process: Process = Child(
                [sys.executable, "-m", "tests.support.drill", command, name, *words], environment, log, ready
            )
        else:
            process = self._zygote.start(["drill", command, name, *words], environment, log, ready)
        self._processes.append(process)
        return process.wait_ready() if wait else process

    def api(self, wait: bool = True, port: int = 0, **drill: object) -> tuple[Process, int]:
        """The API of the maker behind gunicorn, and its port."""
        port = port or free_port()
        words = ["gunicorn", "tests.support.drill.wsgi:app", "--bind", f"127.0.0.1:{port}"]
        words += ["--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "20", "--log-level", "error"]
        environment = self.environment("maker", 1, "", drill)
        ready = f"http://127.0.0.1:{port}/openapi.json"
        process = self._zygote.start([*words, "--no-control-socket"], environment, self.folder / "api.log", ready)
        self._processes.append(process)
        return (process.wait_ready() if wait else process), port

    def environment(self, name: str, port: int, sabotage: str, drill: dict[str, object]) -> dict[str, str]:
        """What a process of `name` is told."""
        return {
            "ESPACE_DATABASE_URL": self.postgres.url(self.names[name]),
            "ESPACE_BROKER_URL": self.broker,
            "ESPACE_MANAGEMENT_PORT": str(port),
            "ESPACE_INBOX_RETRY_BASE": "0.1",
            "ESPACE_LOG_LEVEL": "WARNING",
            "DRILL_FOLDER": str(self.folder),
            "DRILL_SABOTAGE": sabotage,
            **{f"DRILL_{key.upper()}": str(value) for key, value in drill.items()},
        }

    # what is asked

    def write(self, markers: Iterable[str], batch: int = 100, lane: Lane = Lane.URGENT) -> None:
        """Carry out commands in this process, `batch` in a transaction; each commit is an ok in the ledger."""
        waiting = list(markers)
        for at in range(0, len(waiting), batch):
            with in_lane(lane), self.unit("maker") as uow:
                for marker in waiting[at : at + batch]:
                    carry_out(marker, uow=uow)
                uow.commit()
            for marker in waiting[at : at + batch]:
                self.ledger.settle(marker, "ok")

    def unit(self, name: str) -> UnitOfWork:
        """A unit of work on the database of `name`."""
        return self.services[name].unit()

    def post(self, port: int, marker: str, key: str, timeout: float = 10) -> tuple[int, Any]:
        """Post one command; (status, headers), status 0 when there was no answer."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/commands",
            b'{"marker": "%s"}' % marker.encode(),
            {"Content-Type": "application/json", "Idempotency-Key": key},
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return int(answer.status), answer.headers
        except urllib.error.HTTPError as error:
            return error.code, error.headers
        except NO_ANSWER:
            return 0, {}

    # what is seen

    def effects(self) -> list[str]:
        """The markers of the effects, in the order they were made, by a bare client."""
        return [row[0] for row in self.ask("taker", "SELECT marker FROM effects ORDER BY position")]

    def ask(self, name: str, query: str) -> list[Sequence[Any]]:
        """The rows of `query` on the database of `name`."""
        with self.postgres.connect(self.names[name]) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

    def count(self, name: str, query: str) -> int:
        """The one number that `SELECT count(*) FROM <query>` gives."""
        return int(self.ask(name, f"SELECT count(*) FROM {query}")[0][0])

    def parked(self) -> int:
        """Events parked at the taker."""
        return self.count("taker", "inbox WHERE parked_at IS NOT NULL")

    def dead(self) -> int:
        """Messages that met the broker's last net."""
        return self.depth("taker.dead")

    def depth(self, queue: str) -> int:
        """Messages in `queue`, those out with a consumer included."""
        return self._depths().get(queue, 0)

    def quiet(self, limit: float = 60) -> None:
        """Wait until nothing is under way."""
        eventually(self.still, limit=limit, every=0.2, what="not quiet", state=self.state)

    def still(self) -> bool:
        """Whether outbox and retries are empty, and the queues without ready or unacked messages: asked along the way
        an event takes, so that none passes behind the question."""
        with suppress(RuntimeError):  # a queue without a leader yet
            return (
                self.count("maker", "outbox") == 0
                and sum(self._depths().values()) == 0
                and self.count("taker", "inbox WHERE next_attempt_at IS NOT NULL") == 0
            )
        return False

    def verdict(self, expected_parked: int = 0) -> Verdict:
        """Balance the ledger, once all is quiet."""
        self.quiet()
        return self.ledger.compare(self.effects(), self.parked() + self.dead(), expected_parked)

    def state(self) -> str:
        """For a message of failure."""
        with suppress(psycopg.Error, RuntimeError):
            return f"outbox {self.count('maker', 'outbox')}, effects {len(self.effects())}, {self._depths()}"
        return "a server is away"

    def _depths(self) -> dict[str, int]:
        return depths(self.rabbitmq.ctl, self.vhost)

    # ends

    @property
    def settled(self) -> bool:
        """Whether the broker has surely written its new queues to disk."""
        return time.monotonic() - self._declared_at >= 3

    def kill_broker(self) -> None:
        """Kill the broker, but no sooner than three seconds after the queues were made.

        RabbitMQ 3.10 writes the name of a new quorum queue to disk after a moment (`names.dets`); killed before, it
        comes back with a queue that has no leader until an operator deletes it.
        """
        eventually(lambda: self.settled)
        self.rabbitmq.kill9()
        self.ledger.kills += 1

    def strike(self, process: Process, kind: str, limit: float = 20) -> None:
        """Kill `process` while it is doing `kind` (it leaves a file for as long as it does): it is held, and goes on
        when it was not, so that the blow falls in the middle however slow the machine is."""
        mark = self.folder / f"{kind}.{process.pid}"

        def caught() -> bool:
            if mark.exists():
                process.hold()
                if mark.exists():
                    return True
                process.go_on()
            return False

        eventually(caught, limit=limit, every=0.005, what=f"no {kind}: {process.tail()}")
        process.kill9()
        mark.unlink()
        self.ledger.kills += 1

    def close(self) -> None:
        """End what still runs and forget the queues."""
        for process in self._processes:
            process.kill9()
        for service in self.services.values():
            service.engine.dispose()
        with suppress(RuntimeError):
            self.rabbitmq.delete_vhost(self.vhost)

    def declare(self) -> None:
        """Make the queues stand before any process does."""
        bus = make_bus(self.broker, "maker", Topology.of(REGISTRY))
        bus.declare(timeout=30)
        bus.close()

    def _service(self, name: str) -> Any:
        url = self.postgres.create_database(self.names[name])
        service = build(name, Settings.of(database_url=url, broker_url=self.broker), clock=SystemClock())
        migrations.migrate(service.engine, MIGRATIONS)
        return service


class Driver(threading.Thread):
    """Posts commands to the API one after the other until told to stop; unknown ones are retried until known."""

    def __init__(self, stage: Stage, port: int, name: str):
        super().__init__(daemon=True)
        self.stage, self.port, self.prefix = stage, port, name
        self.statuses: list[int] = []
        self.times: list[float] = []
        self._over = threading.Event()
        self.start()

    def run(self) -> None:
        """Post, note, go on."""
        number = 0
        while not self._over.is_set():
            number += 1
            self.settle(f"{self.prefix}-{number}", str(new_id()))

    def settle(self, marker: str, key: str) -> None:
        """One command until its outcome is known."""
        while True:
            begun = time.monotonic()
            status, _ = self.stage.post(self.port, marker, key)
            self.times.append(time.monotonic() - begun)
            self.statuses.append(status)
            known = "ok" if 200 <= status < 300 else "refused" if 400 <= status < 500 else "unknown"
            self.stage.ledger.settle(marker, known)
            if known != "unknown":
                return
            time.sleep(0.05)

    def stop(self) -> None:
        """Finish the command in hand and end."""
        self._over.set()
        self.join(60)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of `values` do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


__all__ = ["Driver", "Stage", "percentile", "sa"]
