"""The system under journey, twice: embedded in one process, and as separate processes on PostgreSQL and RabbitMQ.

Both answer the same questions: where the pages are, where a service's API is, what was mailed.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from backbone import gunicorn_conf
from contracts.words.bank_details import NEW_BANK_DETAILS
from contracts.words.services import SERVICES
from embedded import keys
from embedded.folder import Folder
from embedded.mailbox import Mailbox
from tests.support.ports import eventually, free_port
from tests.support.postgres import Postgres
from tests.support.processes import Child, environment_of
from tests.support.rabbitmq import Rabbit
from tests.support.smtp import SmtpSink

START = 90.0
# What the caisse serves on its own website: the page behind the guarded door of new bank details (G78).
BANK_ADDRESS = "https://services.caisse.example/nouveau-compte"
ELSEWHERE = f"caisse;fonction;adresse\n*;{NEW_BANK_DETAILS};{BANK_ADDRESS}\n"


class System(Protocol):
    """What a journey needs to know."""

    name: str
    url: str

    def api(self, service: str) -> str:
        """The address of a service's API."""

    def secret(self, name: str) -> str:
        """A secret of this system."""

    def database(self, service: str) -> str:
        """The address of a service's database: for a journey that needs months to have passed."""

    def emails(self) -> list[EmailMessage]:
        """Every e-mail sent, oldest first."""

    def sms(self) -> list[dict[str, str]]:
        """Every SMS sent, oldest first."""

    def close(self) -> None:
        """End it."""


class Embedded:
    """`python -m embedded` in a folder of its own. It can be killed and started again.

    `module`: another that starts it, with more settings.
    """

    name = "embedded"

    def __init__(self, folder: Path, demo: str = "--no-demo", module: str = "embedded") -> None:
        self.folder, self.port, self._demo, self._module = folder / "var", free_port(), demo, module
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "embedded.log"
        self._mailbox = Mailbox(self.folder)
        self.start()

    def start(self) -> None:
        """Start it on its folder and wait for the page."""
        words = [sys.executable, "-m", self._module, "--port", str(self.port), "--folder", str(self.folder), self._demo]
        self._process = Child(words, {}, self._log, f"{self.url}/connexion")
        self._process.wait_ready(START)

    def kill9(self) -> None:
        """End it at once."""
        self._process.kill9()

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.running()

    def api(self, service: str) -> str:
        """Behind the same address."""
        return f"{self.url}/api/{service}"

    def secret(self, name: str) -> str:
        """From its folder."""
        return keys.read(Folder(self.folder), name)

    def database(self, service: str) -> str:
        """In its folder."""
        return f"sqlite:///{self.folder / service}.db"

    def emails(self) -> list[EmailMessage]:
        """From its Maildir."""
        return [message for _, message in self._mailbox.emails()]

    def sms(self) -> list[dict[str, str]]:
        """From its files."""
        return _sms_files(self.folder / "sms")

    def close(self) -> None:
        """Ctrl-C."""
        if self._process.running():
            self._process.terminate()
        assert self._process.exit_status() == 0, self._process.tail()


class Distributed:
    """Each service as gunicorn and a worker, the gateway as gunicorn; PostgreSQL, RabbitMQ and an SMTP server.

    `more` is told to every service beside the usual settings.
    """

    name = "distributed"

    def __init__(
        self, folder: Path, postgres: Postgres, rabbitmq: Rabbit, more: Mapping[str, str] | None = None
    ) -> None:
        self._more = dict(more or {})
        self._folder, self._postgres, self._rabbitmq = folder, postgres, rabbitmq
        self._elsewhere = folder / "elsewhere.csv"
        self._elsewhere.write_text(ELSEWHERE)
        self._secrets = Folder(folder / "var")
        self._secrets.take()
        keys.ensure(self._secrets)
        self._ports = {name: free_port() for name in (*SERVICES, "gateway")}
        self.url = f"http://127.0.0.1:{self._ports['gateway']}"
        self.smtp = SmtpSink()
        self.smtp.start()
        self.processes: dict[str, Child] = {}
        self.databases = {name: postgres.create_database() for name in SERVICES}
        self._start()

    def _start(self) -> None:
        migrating = {name: self._run(f"{name} migrate", ["-m", "backbone", "migrate", name]) for name in SERVICES}
        for process in migrating.values():
            eventually(lambda p=process: not p.running(), limit=START, what="a migration did not end")
        for name in SERVICES:
            self.start_api(name)
            self.start_worker(name)
        self._web("gateway", "gateway.wsgi:application()", "/connexion")
        for process in self.processes.values():
            if process.ready_url:
                eventually(lambda p=process: p.status() not in (0, 503), limit=START, what=process.tail())
                assert process.running(), process.tail()  # who answered may be another

    def api(self, service: str) -> str:
        """Each at its port."""
        return f"http://127.0.0.1:{self._ports[service]}"

    def secret(self, name: str) -> str:
        """From the folder of secrets."""
        return keys.read(self._secrets, name)

    def database(self, service: str) -> str:
        """Of the server."""
        return self.databases[service]

    def emails(self) -> list[EmailMessage]:
        """As the SMTP server took them."""
        return list(self.smtp.messages)

    def sms(self) -> list[dict[str, str]]:
        """From the files of the SMS channel."""
        return _sms_files(self._folder / "sms")

    def close(self) -> None:
        """SIGTERM to all; each must end by itself."""
        for process in self.processes.values():
            if process.running():
                os.kill(process.pid, signal.SIGTERM)
        for title, process in self.processes.items():
            eventually(lambda p=process: not p.running(), limit=40, what=f"{title} did not end: {process.tail()}")
            assert process.exit_status() == 0, f"{title}: {process.tail()}"
        self.smtp.stop()
        self._secrets.release()
        shutil.rmtree(self._folder / "var", ignore_errors=True)

    def start_api(self, name: str) -> None:
        """The API of `name`, at the port that is its own."""
        self._web(name, f"backbone.wsgi:application('{name}')", f"/v1/{'jwks.json' if name == 'identity' else ''}")

    def start_worker(self, name: str) -> None:
        """The worker of `name`."""
        self._run(f"{name} worker", ["-m", "backbone", "worker", name], ready="/readyz")

    def command(self, word: str, name: str) -> str:
        """`entrypoint.sh word` in the service `name`, to its end; what it said."""
        process = self._run(f"{name} {word}", ["-m", "backbone", word, name])
        eventually(lambda: not process.running(), limit=START, what=f"{word} did not end")
        assert process.exit_status() == 0, process.tail()
        return process.tail()

    def piped(self, service: str, *words: str, read: str = "") -> subprocess.CompletedProcess[str]:
        """`entrypoint.sh` with these words in `service`, to its end; it reads `read` from its standard input."""
        command = [sys.executable, "-m", "backbone", *words]
        environment = environment_of(self._environment(service))
        return subprocess.run(command, env=environment, input=read, capture_output=True, text=True, timeout=START)

    def stop(self, name: str) -> None:
        """SIGTERM to the processes of the service `name`, until they have ended."""
        for process in (self.processes[name], self.processes[f"{name} worker"]):
            process.terminate(40)

    def _web(self, name: str, application: str, ready: str) -> None:
        words = ["-m", "gunicorn", application, "--bind", f"127.0.0.1:{self._ports[name]}", "--workers", "1"]
        words += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
        words += ["--keep-alive", str(gunicorn_conf.keepalive)]
        self._run(name, words, ready=f"http://127.0.0.1:{self._ports[name]}{ready}")

    def _run(self, title: str, words: list[str], ready: str = "") -> Child:
        service, management = title.split()[0], free_port()
        if ready == "/readyz":
            ready = f"http://127.0.0.1:{management}/readyz"
        environment = {**self._environment(service), "ESPACE_MANAGEMENT_PORT": str(management)}
        log = self._folder / f"{title.replace(' ', '-')}.log"
        self.processes[title] = Child([sys.executable, *words], environment, log, ready)
        return self.processes[title]

    def _environment(self, service: str) -> Mapping[str, str]:
        common = {"ESPACE_PUBLIC_URL": self.url}
        if service == "gateway":
            addresses = {f"ESPACE_{name.upper()}_URL": self.api(name) for name in SERVICES}
            own = {"ESPACE_SECRET_KEY": self.secret("page_key"), "ESPACE_TRUSTED_PROXIES": "1"}
            return {**common, **addresses, **own, "ESPACE_ELSEWHERE_FILE": str(self._elsewhere)}
        return {
            **common,
            "ESPACE_DATABASE_URL": self.databases[service],
            "ESPACE_BROKER_URL": self._rabbitmq.url(),
            "ESPACE_OWNERS": ",".join(f"{name}={self.api(name)}" for name in ("identity", "delegation")),
            "ESPACE_JWKS_URL": f"{self.api('identity')}/v1/jwks.json",
            **self._own(service),
            **self._more,
        }

    def _own(self, service: str) -> Mapping[str, str]:
        def file(name: str) -> str:
            return str(self._secrets.secret(name))

        return {
            "identity": {
                "ESPACE_SIGNING_KEYS_FILE": file("signing_keys.json"),
                "ESPACE_NOTIFICATION_PUBLIC_KEY_FILE": file("sealing_public.json"),
                "ESPACE_FICTION_MOBILES": "true",
                "ESPACE_MACHINE_CLIENTS_FILE": file("machine_clients.json"),
            },
            "notification": {
                "ESPACE_MAIL_URL": self.smtp.url,
                "ESPACE_SMS_URL": f"files:{self._folder / 'sms'}",
                "ESPACE_SEALING_PRIVATE_KEY_FILE": file("sealing_private.json"),
            },
            "dsn": {"ESPACE_OPENING_GRACE_DAYS": "0"},
            "contact": {
                "ESPACE_SEALING_PUBLIC_KEY_FILE": file("sealing_public.json"),
                "ESPACE_FILES_FOLDER": str(self._folder / "files"),
            },
        }.get(service, {})


def _sms_files(folder: Path) -> list[dict[str, str]]:
    files = sorted(folder.glob("*.json"), key=os.path.getmtime)
    return [json.loads(file.read_text()) for file in files]
