"""Where the soak takes place: the stage of the fault tests, with an account for each service, and bad lines."""

import json
import secrets
from pathlib import Path
from urllib.parse import quote

from scripts.broker_accounts import user
from tests.support.line import Line
from tests.support.moved import moved
from tests.support.postgres import Postgres
from tests.support.processes import Zygote
from tests.support.rabbitmq import Rabbit
from tests.support.stage import Stage

STRANGER = "stranger"  # an account of this broker that is not the sender it says it is
SECONDS = 4  # what a statement may take where the line is bad


class Ground(Stage):
    """The stage. A process `lined` reaches its servers by lines that can be made bad; one `ahead` has a wrong clock."""

    def __init__(self, postgres: Postgres, rabbitmq: Rabbit, zygote: Zygote, folder: Path) -> None:
        super().__init__(postgres, rabbitmq, zygote, folder)
        self._password = secrets.token_hex(8)
        self._open_accounts()
        self.lines = {"broker": Line(rabbitmq.port), "database": Line(postgres.port)}

    def account(self, name: str, port: int = 0) -> str:
        """The broker as `name` reaches it."""
        return f"amqp://{name}:{self._password}@127.0.0.1:{port or self.rabbitmq.port}/{quote(self.vhost)}"

    def environment(self, name: str, port: int, sabotage: str, drill: dict[str, object]) -> dict[str, str]:
        """See the stage."""
        lined, ahead = bool(drill.pop("lined", False)), float(str(drill.pop("ahead", 0)))
        told = super().environment(name, port, sabotage, {"heartbeat": 3, **drill})
        told["ESPACE_BROKER_URL"] = self.account(name, self.lines["broker"].port if lined else 0)
        if lined:
            url = told["ESPACE_DATABASE_URL"]
            told["ESPACE_DATABASE_URL"] = url.replace(f":{self.postgres.port}/", f":{self.lines['database'].port}/")
            told["ESPACE_DATABASE_SECONDS"] = str(SECONDS)
        return {**told, **moved(ahead)}

    def close(self) -> None:
        """See the stage."""
        super().close()
        for line in self.lines.values():
            line.close()

    def _open_accounts(self) -> None:
        names = ("maker", "taker", STRANGER)
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        wanted = {
            "users": [user(name, self._password) for name in names],
            "permissions": [{"user": name, "vhost": self.vhost, **everything} for name in names],
        }
        path = self.folder / "accounts.json"
        path.write_text(json.dumps(wanted))
        self.rabbitmq.load(path)
