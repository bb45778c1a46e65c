"""Two versions of the system on the same databases and the same broker, as their compose files start them.

What an operator does is done here with the files of the version concerned: `make secrets`, roles, definitions,
`migrate`, then the containers, each a process with the environment and the secrets that its compose file gives it. A
container's name is an `Address`, behind which the processes of either version answer in turn.
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from scripts.make_secrets import SERVICES
from tests.support.ports import eventually, free_port
from tests.support.processes import Child, Process
from tests.support.smtp import SmtpSink
from tests.upgrade.address import Address
from tests.upgrade.stores import Stores
from tests.upgrade.version import Version

START = 60.0
PEOPLE = (*SERVICES, "gateway")  # who has an address; the edge is not started: its requests are made by the test
WEB = {"WEB_CONCURRENCY": "1", "WEB_THREADS": "4", "SHUTDOWN_DELAY": "0.5"}
EXTRA = {"LANG": "C.UTF-8", "TMPDIR": "/tmp"}


class Beside:
    """It answers what a journey asks of a system: pages, APIs, secrets, e-mails."""

    name = "beside"

    def __init__(self, folder: Path, stores: Stores) -> None:
        self.folder, self.stores = folder, stores
        self.addresses = {name: Address() for name in PEOPLE}
        self.url = self.addresses["gateway"].url
        self.smtp = SmtpSink()
        self.smtp.start()
        self._secrets = folder / "secrets"
        self._serving: dict[tuple[str, str], Process] = {}
        self._ports: dict[tuple[str, str], int] = {}

    # what an operator does

    def prepare(self, version: Version, *more: str) -> None:
        """`make secrets`, the roles of the databases, the definitions of the broker."""
        log = self.folder / f"{version.name}-secrets.log"
        words = [sys.executable, "-P", str(version.root / "scripts/make_secrets.py"), "--into", str(self._secrets)]
        words += more
        making = Child(words, {"PYTHONPATH": str(version.root)}, log)
        eventually(lambda: not making.running(), limit=START, what="make secrets did not end")
        assert making.exit_status() == 0, making.tail()
        self.stores.prepare(version.root, self._secrets)

    def migrate(self, version: Version) -> dict[str, str]:
        """The migrate job of each service to its end, which must be good; what it said."""
        return {name: self.command(version, name, "migrate") for name in SERVICES}

    def command(self, version: Version, service: str, *words: str) -> str:
        """`entrypoint.sh` with these words, in the service's worker; `migrate` in its job."""
        container = f"{service}-{'migrate' if words[0] == 'migrate' else 'worker'}"
        log = self.folder / f"{version.name}-{service}-{words[0]}.log"
        order = ["backbone", words[0], service, *words[1:]]
        return version.run(order, self._environment(version, container), log).strip()

    def start(self, version: Version, *containers: str) -> None:
        """Containers such as `dsn-api`, `dsn-worker` and `gateway`, until they are ready and serve."""
        started = {name: self._start(version, name) for name in containers}
        for name, process in started.items():
            eventually(process.ready, limit=START, what=f"{name} of {version.name}", state=process.tail)
            if name.removesuffix("-api") in PEOPLE:
                self.addresses[name.removesuffix("-api")].behind.append(self._ports[version.name, name])

    def stop(self, version: Version, *containers: str) -> None:
        """SIGTERM, as the engine sends it; nobody is led to them any more. Each ends well."""
        leaving = {name: self._serving.pop((version.name, name)) for name in containers}
        for name, process in leaving.items():
            if name.removesuffix("-api") in PEOPLE:
                self.addresses[name.removesuffix("-api")].behind.remove(self._ports[version.name, name])
            os.kill(process.pid, 15)
        for name, process in leaving.items():
            status = Path(f"{process.log}.status")
            eventually(lambda p=process: not p.running(), 40, what=f"{name} did not end", state=process.tail)
            assert status.read_text() == "0", f"{name} of {version.name}: {process.tail()}"

    def unready(self) -> list[str]:
        """Whoever runs and says that he cannot serve, or ended."""
        return [" ".join(key) for key, process in self._serving.items() if not process.ready()]

    # what a journey asks

    def api(self, service: str) -> str:
        """The service's name on the network: either version may answer."""
        return self.addresses[service].url

    def page(self, version: Version) -> str:
        """The gateway of one version."""
        return f"http://127.0.0.1:{self._ports[version.name, 'gateway']}"

    def secret(self, name: str) -> str:
        """A secret of this system, by the name journeys use."""
        return (self._secrets / f"client_{name.removesuffix('.secret')}").read_text().strip()

    def emails(self) -> list[EmailMessage]:
        """As the SMTP server took them."""
        return list(self.smtp.messages)

    def sms(self) -> list[dict[str, str]]:
        """Every SMS written."""
        return [json.loads(file.read_text()) for file in sorted((self.folder / "state/sms").glob("*.json"))]

    def said(self, version: Version) -> str:
        """All that the processes of a version said."""
        return "".join(file.read_text(errors="replace") for file in sorted(self.folder.glob(f"{version.name}-*.log")))

    def close(self) -> None:
        """End whatever runs."""
        for process in self._serving.values():
            process.kill9()
        for address in self.addresses.values():
            address.close()
        self.smtp.stop()
        self.stores.close()

    def _start(self, version: Version, container: str) -> Process:
        service, port, management = container.split("-")[0], free_port(), free_port()
        environment = {
            **self._environment(version, container),
            **WEB,
            "SERVICE": service,
            "BIND": f"127.0.0.1:{port}",
            "ESPACE_MANAGEMENT_PORT": str(management),
            "PROMETHEUS_MULTIPROC_DIR": str(_folder(self.folder / f"metrics-{version.name}-{container}")),
        }
        words = ["backbone", "worker", service]
        if not container.endswith("-worker"):
            words = ["gunicorn", "--config", "python:backbone.gunicorn_conf", *version.application(service)]
        log = self.folder / f"{version.name}-{container}.log"
        Path(f"{log}.status").unlink(missing_ok=True)
        process = version.start(words, environment, log, f"http://127.0.0.1:{management}/readyz")
        self._serving[version.name, container], self._ports[version.name, container] = process, port
        return process

    def _environment(self, version: Version, container: str) -> Mapping[str, str]:
        """What the compose file of that version gives to that container, with the addresses of this test."""
        given = {"PUBLIC_URL": self.url, "FICTION_MOBILES": "true", "MAIL_FROM": "caisse@example.com"}
        told = version.environment(container, given)
        seen = version.secrets(container)
        mounted = _folder(self.folder / f"secrets-{version.name}-{container}")
        for file, source in seen.items():
            (mounted / Path(file).name).write_text(self._here((self._secrets / source).read_text()))
        told = {name: self._here(value.replace("/run/secrets", str(mounted))) for name, value in told.items()}
        return {**told, **EXTRA}

    def _here(self, text: str) -> str:
        text = self.stores.renamed(text)
        text = re.sub(r"http://(\w+)-api:8000", lambda found: self.addresses[found[1]].url, text)
        text = text.replace("smtp://maildev:1025", self.smtp.url)
        return text.replace("/var/lib/espace", str(_folder(self.folder / "state")))


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
