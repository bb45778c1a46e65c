"""Where the run takes place: a real PostgreSQL and RabbitMQ, two workers of dsn as processes, its API in this one."""

import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from backbone.bus import Topology, make_bus
from backbone.messaging import wakeup
from backbone.messaging.outbox import table as outbox
from backbone.testing import ServiceUnderTest
from contracts import REGISTRY
from contracts.events.facts import CARDS
from services.dsn.app import build
from services.dsn.settings import Settings
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage.tables import crm, declaration, site
from tests.oracle.lived_clock import LivedClock
from tests.support.ports import eventually, free_port
from tests.support.postgres import Postgres
from tests.support.processes import Child
from tests.support.rabbitmq import Rabbit

TYPES = [card.type for card in CARDS]
# What was heard is counted in the inbox for as long as the run lives: longer than a service remembers it.
INBOX_DAYS = 10_000


class Ground:
    """dsn, whole. Everything is told by its API, carried by the broker, judged by processes that may die."""

    def __init__(self, postgres: Postgres, rabbitmq: Rabbit, folder: Path, begin: datetime) -> None:
        self._postgres, self._folder = postgres, folder
        vhost = f"oracle{secrets.token_hex(4)}"
        rabbitmq.open_vhost(vhost)
        self._broker = rabbitmq.url().removesuffix("%2F") + quote(vhost)
        self._database = postgres.create_database()
        self.clock = LivedClock(folder / "clock")
        self.clock.set(begin)
        settings = Settings.of(database_url=self._database, broker_url=self._broker, inbox_days=INBOX_DAYS)
        self.dsn = ServiceUnderTest(build, settings, clock=self.clock)  # type: ignore[arg-type]
        bus = make_bus(self._broker, "dsn", Topology.of(REGISTRY))
        bus.declare(timeout=60)
        bus.close()
        self.workers: list[Child] = []
        self.recorded = 0

    def start(self) -> None:
        """One worker more."""
        port = free_port()
        environment = {
            "ESPACE_DATABASE_URL": self._database,
            "ESPACE_BROKER_URL": self._broker,
            "ESPACE_MANAGEMENT_PORT": str(port),
            "ESPACE_INBOX_RETRY_BASE": "0.1",
            "ESPACE_INBOX_DAYS": str(INBOX_DAYS),
            "ESPACE_LOG_LEVEL": "WARNING",
            "ORACLE_CLOCK": str(self._folder / "clock"),
        }
        words = [sys.executable, "-m", "tests.oracle.worker", "worker", "dsn"]
        log = self._folder / f"worker{len(list(self._folder.glob('worker*')))}.log"
        self.workers.append(Child(words, environment, log, f"http://127.0.0.1:{port}/readyz"))

    def kill(self, which: int) -> None:
        """End a worker in the middle of whatever it does, and start another one."""
        self.workers.pop(which).kill9()
        self.start()

    def tell(self, facts: list[dict[str, Any]]) -> None:
        """The caisse's systems tell facts."""
        answer = self.dsn.post("/v1/facts", json={"facts": facts}, machine=["dsn:write"])
        assert answer.status == 200, answer.json
        told = [one["status"] for one in answer.json["facts"]]
        assert set(told) <= {"RECORDED", "REPEATED"}, answer.json
        self.recorded += told.count("RECORDED")

    def at(self, tick: datetime) -> None:
        """Let it be `tick`."""
        self.clock.set(tick)
        self.wake()

    def wake(self) -> None:
        """The job that looks at sites runs now, instead of within seconds."""
        with self.dsn.engine.begin() as connection:
            wakeup.notify(connection, {WAKE})

    def settle(self) -> None:
        """Wait until all that was told was heard, and every site that is due was looked at."""
        eventually(self._settled, limit=900, every=0.05, what="dsn did not come to rest", state=self._state)

    def _settled(self) -> bool:
        return self._due_sites() == 0 and not any(self._waiting().values())  # the cheap question first

    def _state(self) -> str:
        return f"{self._waiting()} {[one.tail()[-500:] for one in self.workers]}"

    def _waiting(self) -> dict[str, int]:
        same = sa.and_(crm.c.flow_id == declaration.c.flow_id, crm.c.flow_rank == declaration.c.flow_rank)
        unmatched = sa.select(sa.func.count()).select_from(crm.join(declaration, same))
        heard = sa.text("SELECT count(*) FROM inbox WHERE applied_at IS NOT NULL AND type = ANY(:types)")
        with self.dsn.engine.connect() as connection, connection.begin():
            found = {
                "in the outbox": connection.scalar(sa.select(sa.func.count()).select_from(outbox())) or 0,
                "not heard": self.recorded - int(connection.scalar(heard, {"types": TYPES}) or 0),
                "answers that wait": connection.scalar(unmatched.where(crm.c.waiting_at.is_not(None))) or 0,
            }
        # Last, and as of an instant after the others: what was heard a moment ago left sites due since then.
        return {**found, "sites to look at": self._due_sites()}

    def _due_sites(self) -> int:
        due = sa.select(sa.func.count()).select_from(site).where(site.c.next_eval_at <= self.clock.now())
        with self.dsn.engine.connect() as connection, connection.begin():
            return connection.scalar(due) or 0

    def close(self) -> None:
        """End what runs."""
        for worker in self.workers:
            worker.kill9()
        self.dsn.close()
