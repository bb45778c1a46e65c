"""The system as operators deploy it, on a real engine; project, ports, secrets and volumes of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx

from contracts.words.services import SERVICES
from tests.support.depths import depths
from tests.support.ports import eventually, free_port, patience

ROOT = Path(__file__).parents[2]
FILES = ("docker-compose.yml", "tests/compose/docker-compose.test.yml")
COLD_START = 90
MACHINE_LIMIT = 300
WAITING = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM inbox WHERE next_attempt_at IS NOT NULL)"
PARKED = "SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL"
DELIVERIES = "SELECT count(*) FROM delivery WHERE status IN ('a_envoyer', 'en_cours')"


class Compose:
    """One running project. It answers what a journey asks of a system: pages, APIs, secrets, e-mails, SMS."""

    name = "compose"

    def __init__(self, folder: Path, project: str, secrets: Path | None = None, **environment: str) -> None:
        self.project, self.folder = project, folder
        self.port, self.mailbox_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.secrets = secrets or make_secrets(folder / "secrets")
        self.environment = {
            "PORT": str(self.port),
            "MAILBOX_PORT": str(self.mailbox_port),
            "PUBLIC_URL": self.url,
            "SECRETS": str(self.secrets),
            "FICTION_MOBILES": "true",
            "EDGE_RATE": "500",
            "EDGE_BURST": "1000",
            "EDGE_GUESS_RATE": "100",
            "EDGE_GUESS_BURST": "500",
            **environment,
        }
        self._read: dict[str, EmailMessage] = {}
        self.mailbox = httpx.Client(base_url=f"http://127.0.0.1:{self.mailbox_port}/api", timeout=60)

    # the engine

    def run(self, *words: str, check: bool = True, stdin: bytes | None = None, limit: float = MACHINE_LIMIT) -> str:
        """`docker compose …` on this project; its output. RuntimeError with what it said when it fails."""
        files = [word for file in FILES for word in ("--file", file)]
        done = subprocess.run(
            ["docker", "compose", "--project-name", self.project, *files, "--env-file", "/dev/null", *words],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/root"), **self.environment},
            input=stdin,
            stdin=None if stdin is not None else subprocess.DEVNULL,
            capture_output=True,
            timeout=limit,
        )
        if check and done.returncode:
            raise RuntimeError(f"docker compose {' '.join(words)}: {done.stderr.decode()[-3000:]}")
        return done.stdout.decode()

    def shell(self, line: str, check: bool = True, limit: float = 900) -> subprocess.CompletedProcess[str]:
        """A line as an operator types it in this folder, on this project. AssertionError with what it said."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/root"),
            "COMPOSE_PROJECT_NAME": self.project,
            "COMPOSE_FILE": ":".join(FILES),
            **self.environment,
        }
        words = ["bash", "-o", "pipefail", "-c", line]
        done = subprocess.run(
            words,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=limit * patience(),
        )
        assert not check or done.returncode == 0, f"{line}: {done.stderr[-3000:]}"
        return done

    def up(self, *services: str) -> float:
        """Start (what is named, or everything) and wait until all is healthy; how many seconds it took."""
        started = time.monotonic()
        self.run("up", "--no-build", "--wait", "--wait-timeout", str(MACHINE_LIMIT), *services)
        return time.monotonic() - started

    def close(self) -> None:
        """End it, with its volumes."""
        self.mailbox.close()
        eventually(self._gone, limit=120, every=2, what=f"{self.project} does not go")

    def _gone(self) -> bool:
        """Whether all of it went; an engine counts the endpoint of a container a moment longer than the container."""
        with suppress(RuntimeError):
            self.run("down", "--volumes", "--remove-orphans", "--timeout", "5")
            return True
        return False

    def containers(self, *services: str) -> list[dict[str, Any]]:
        """What `ps` tells of each container, jobs that ended included."""
        lines = self.run("ps", "--all", "--format", "json", *services).splitlines()
        return [json.loads(line) for line in lines if line]

    def execute(self, service: str, *words: str, check: bool = True, stdin: bytes | None = None) -> str:
        """A command inside a container of `service`."""
        return self.run("exec", "-T", service, *words, check=check, stdin=stdin)

    def kill9(self, service: str) -> None:
        """Kill the service's containers at once; the engine does not start a killed container again: `up` does."""
        self.run("kill", "--signal", "SIGKILL", service)

    # what a journey asks

    def api(self, service: str) -> str:
        """Behind the edge."""
        return f"{self.url}/api/{service}"

    def secret(self, name: str) -> str:
        """A secret of this system, by the name journeys use."""
        file = f"client_{name.removesuffix('.secret')}" if name.endswith(".secret") else name
        return (self.secrets / file).read_text()

    def emails(self, about: str = "") -> list[EmailMessage]:
        """Every e-mail MailDev has whose address or subject holds `about`, oldest first. Each is read from it once."""
        entries = sorted(self._mailbox("/email").json(), key=lambda entry: entry["time"])
        wanted = [entry for entry in entries if about in f"{entry['to']} {entry['subject']}"]
        return [self._email(str(entry["id"])) for entry in wanted]

    def _email(self, id_: str) -> EmailMessage:
        if id_ not in self._read:
            source = self._mailbox(f"/email/{id_}/download").content
            self._read[id_] = message_from_bytes(source, policy=policy.default)  # type: ignore[arg-type,assignment]
        return self._read[id_]

    def _mailbox(self, path: str) -> httpx.Response:
        """What MailDev answers, asked again while the edge does not reach it (502): it is no part of the product."""

        def answered() -> httpx.Response | None:
            answer = self.mailbox.get(path)
            return None if answer.status_code == 502 else answer

        answer = eventually(answered, 30, every=0.5, what="the mailbox is not reached")
        assert isinstance(answer, httpx.Response)
        return answer.raise_for_status()

    def received(self) -> list[tuple[str, str]]:
        """(address, Message-ID) of every e-mail MailDev has: enough for a ledger, without reading each."""
        entries = self._mailbox("/email").json()
        return [(entry["to"][0]["address"], str(entry["headers"].get("message-id", ""))) for entry in entries]

    def sms(self) -> list[dict[str, str]]:
        """Every SMS written, oldest first."""
        script = "for f in $(ls -rt /var/lib/espace/sms/*.json 2>/dev/null); do cat $f | tr -d '\\n'; echo; done"
        lines = self.execute("notification-worker", "bash", "-c", script).splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    # what the stores hold

    def rows(self, service: str, query: str) -> list[list[str]]:
        """The rows of a query on the database of `service`, as the superuser inside the container."""
        words = ("psql", "--dbname", service, "--no-psqlrc", "--tuples-only", "--no-align", "--field-separator=\t")
        return [line.split("\t") for line in self.execute("postgres", *words, "--command", query).splitlines() if line]

    def queues(self) -> Mapping[str, int]:
        """Messages (ready and unacknowledged) of each queue."""
        return depths(lambda *words: self.execute("rabbitmq", "rabbitmqctl", "-q", *words), "/")

    def waiting(self) -> dict[str, int]:
        """What is under way anywhere: outboxes, retries, queues, deliveries. Empty when the system is at rest."""
        depths = dict(self.queues())
        for service in SERVICES:
            counted = self.rows(service, WAITING)[0]
            depths |= {f"{service} outbox": int(counted[0]), f"{service} retries": int(counted[1])}
        depths["deliveries"] = int(self.rows("notification", DELIVERIES)[0][0])
        return {name: count for name, count in depths.items() if count}

    def parked(self) -> int:
        """Events put aside, in every service."""
        return sum(int(self.rows(service, PARKED)[0][0]) for service in SERVICES)


def make_secrets(folder: Path) -> Path:
    """Secrets as `make secrets` makes them."""
    script = str(ROOT / "scripts" / "make_secrets.py")
    subprocess.run([sys.executable, script, "--into", str(folder)], check=True, capture_output=True)
    return folder


def engine_answers() -> bool:
    """Whether a container engine with Compose answers on this machine."""
    words: Sequence[str] = ("docker", "compose", "version")
    try:
        server = subprocess.run(["docker", "version"], capture_output=True, timeout=300)
        return server.returncode == 0 and subprocess.run(words, capture_output=True, timeout=300).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
