"""PostgreSQL and RabbitMQ as a version's own files make them: roles, grants, accounts, topology; names of this test."""

import json
import re
import secrets
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from scripts.make_secrets import SERVICES
from tests.support.depths import depths
from tests.support.postgres import Postgres
from tests.support.rabbitmq import Rabbit

AT_REST = (
    "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM inbox WHERE next_attempt_at IS NOT NULL),"
    " (SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL), (SELECT count(*) FROM outbox_parked)"
)
COUNTED = ("outbox", "retries", "parked", "outbox parked")


class Stores:
    """The databases and the broker of one system. `renamed` turns an address of the compose file into the real one."""

    def __init__(self, postgres: Postgres, rabbitmq: Rabbit) -> None:
        self._postgres, self._rabbitmq = postgres, rabbitmq
        self.vhost = f"upgrade-{secrets.token_hex(4)}"
        self._databases = {name: f"{self.vhost}-{name}" for name in SERVICES}

    def renamed(self, secret: str) -> str:
        """A secret, with where the stores of this test are."""
        secret = re.sub(
            r"@postgres:5432/(\w+)",
            lambda found: f"@127.0.0.1:{self._postgres.port}/{self._databases[found[1]]}",
            secret,
        )
        return secret.replace(f"@rabbitmq:5672/{quote('/', safe='')}", f"@127.0.0.1:{self._rabbitmq.port}/{self.vhost}")

    def prepare(self, version_root: Path, made: Path) -> None:
        """What an operator does before the containers are replaced: roles and grants, and the broker's definitions.

        `made` is the folder of secrets. Twice is harmless; what stands already stays.
        """
        with self._postgres.connect() as connection:
            connection.execute((made / "postgres_roles.sql").read_bytes())
            there = {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}
            for service, database in self._databases.items():
                if database not in there:
                    connection.execute(f'CREATE DATABASE "{database}" OWNER {service}_owner'.encode())
        grants = (version_root / "deploy/postgres/databases.sql").read_text(encoding="utf-8")
        for service, database in self._databases.items():
            own = grants.replace("DATABASE :service", f'DATABASE "{database}"')
            own = own.replace(":service", service).replace(":owner", f"{service}_owner")
            with self._postgres.connect(database) as connection:
                connection.execute(own.encode())
        self._load(made)

    def _load(self, made: Path) -> None:
        definitions = json.loads((made / "rabbitmq_definitions.json").read_text())
        text = json.dumps(definitions | {"vhosts": []}).replace('"vhost": "/"', f'"vhost": "{self.vhost}"')
        file = made / "definitions-of-this-test.json"
        file.write_text(json.dumps(json.loads(text) | {"vhosts": [{"name": self.vhost}]}))
        file.chmod(0o644)
        self._rabbitmq.load(file)

    def waiting(self) -> dict[str, int]:
        """What is under way or was put aside anywhere, dead letters included. Empty when all was done."""
        found = dict(depths(self._rabbitmq.ctl, self.vhost))
        for service in SERVICES:
            (row,) = self.rows(service, AT_REST)
            found |= {f"{service} {what}": count for what, count in zip(COUNTED, row, strict=True)}
        return {name: count for name, count in found.items() if count}

    def rows(self, service: str, query: str) -> list[tuple[int, ...]]:
        """The rows of a query in the database of `service`."""
        with self._postgres.connect(self._databases[service]) as connection:
            return [tuple(row) for row in connection.execute(query.encode()).fetchall()]

    def url(self, service: str) -> sa.URL:
        """The address of the database of `service`, for who may do everything."""
        return sa.make_url(self._postgres.url(self._databases[service]))

    def close(self) -> None:
        """The broker forgets it."""
        self._rabbitmq.delete_vhost(self.vhost)
