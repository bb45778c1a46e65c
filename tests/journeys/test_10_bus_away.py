"""A right taken while the bus is down (K9): real processes, PostgreSQL and RabbitMQ, with periods made short."""

import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import create_engine, text

from backbone.clock import SystemClock, paris_day
from tests.journeys.companies import a_company, import_companies
from tests.journeys.systems import Distributed
from tests.journeys.test_7_kill import Journey
from tests.support.fixtures import postgres, rabbitmq  # noqa: F401  (fixtures)
from tests.support.ports import eventually, patience
from tests.support.postgres import Postgres
from tests.support.rabbitmq import Rabbit

BEAT, OLDEST, TOLD = 1.0, 4.0, 5.0  # 10, 45 and 5 seconds in production
LIMIT = OLDEST + TOLD + 10.0
pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture
def system(tmp_path: Path, postgres: Postgres, rabbitmq: Rabbit) -> Iterator[Distributed]:  # noqa: F811
    """A system of this test alone."""
    periods = {"ESPACE_AUTHORITY_SECONDS": str(BEAT), "ESPACE_AUTHORITY_MAX_AGE": str(OLDEST)}
    running = Distributed(tmp_path, postgres, rabbitmq, periods)
    yield running
    running.close()


class Story(Journey):
    """A company, its firm with one delegation, and what each sees in dsn and contact."""

    def open(self) -> None:
        """The firm may see the DSN."""
        self.found()
        self.delegate()

    def found(self) -> None:
        """The company is imported, and its administrator in."""
        self.insist(lambda: import_companies(self.system, self.company))
        self._complete(self.company.administrateur)
        self.adherent = self._until(self._adherent)

    def delegate(self) -> None:
        """The administrator delegates to the firm, which accepts; he confirms, and it is let in everywhere."""
        self.path = f"/v1/adherents/{self.adherent}/delegations"
        order = {
            "email": self.company.firm.email,
            "kind": "cabinet",
            "starts_on": paris_day(SystemClock().now()).isoformat(),
            "ends_on": None,
            "administrator": False,
            "colleges": ["cadres"],
            "rights": {"declarations_nominatives": "consultation"},
        }
        opened = self._post("delegation", self.path, order, self.company.administrateur)
        self.delegation = f"{self.path}/{opened.json()['delegation_id']}"
        self._complete(self.company.firm.email)
        self._until(lambda: "confirmer" in self._get("delegation", self.delegation).json()["actions"])
        self.decide("confirmation")
        self._until(lambda: self.sites(self.company.firm.email) == (200, 1))
        self._until(lambda: self.write(self.company.firm.email) == 201)

    def decide(self, verb: str) -> None:
        """The administrator confirms or closes, at the version he sees."""
        url = f"{self.system.api('delegation')}{self.delegation}"
        seen = httpx.get(url, headers=self._as(self.company.administrateur), timeout=10)
        headers = {**self._as(self.company.administrateur), "Idempotency-Key": str(uuid4())}
        headers["If-Match"] = seen.headers.get("ETag") or f'"{seen.json()["version"]}"'
        httpx.post(f"{url}/{verb}", json={}, headers=headers, timeout=10).raise_for_status()

    def sites(self, who: str) -> tuple[int, int]:
        """What dsn answers for the choice screen: the status, and how many sites."""
        answer = httpx.get(f"{self.system.api('dsn')}/v1/sites", headers=self._as(who), timeout=10)
        return answer.status_code, len(answer.json().get("items", ()))

    def write(self, who: str) -> int:
        """What contact answers to a message."""
        url = f"{self.system.api('contact')}/v1/adherents/{self.adherent}/messages"
        words = {"objet": "Question", "message": "Bonjour", "consentement": "true"}
        form = {name: (None, value) for name, value in words.items()}
        headers = {**self._as(who), "Idempotency-Key": str(uuid4())}
        return httpx.post(url, files=form, headers=headers, timeout=10).status_code

    def leave(self, who: str) -> None:
        """End this session from another one of the same person."""
        own = httpx.get(f"{self.system.api('identity')}/v1/account/sessions", headers=self._as(who), timeout=10).json()
        (current,) = [one["session_id"] for one in own["items"] if one["current"]]
        url = f"{self.system.api('identity')}/v1/account/sessions/{current}/end"
        httpx.post(url, headers=self._as(who), timeout=10).raise_for_status()


def test_k9_a_right_taken_while_the_bus_is_down_bites_within_the_minute(
    system: Distributed,
    rabbitmq: Rabbit,  # noqa: F811
) -> None:
    story = Story(system, a_company())  # type: ignore[arg-type]
    story.open()
    founder, firm = story.company.administrateur, story.company.firm.email
    assert (story.sites(founder), story.write(founder)) == ((200, 1), 201)

    rabbitmq.kill9()
    story.decide("closing")
    taken = time.monotonic()
    eventually(lambda: story.sites(firm) == (200, 0) and story.write(firm) == 404, limit=LIMIT, every=0.2)
    assert time.monotonic() - taken < LIMIT * patience()
    assert (story.sites(founder), story.write(founder)) == ((200, 1), 201)

    system.processes["delegation"].terminate()
    # Each of the two was told at its own time, and what it was told counts a few seconds.
    eventually(lambda: story.sites(founder)[0] == 503 and story.write(founder) == 503, limit=LIMIT, every=0.2)
    kept = _messages(system)
    assert (story.write(founder), story.write(firm), _messages(system)) == (503, 503, kept)
    assert _unsent(system, "delegation") <= 2 and _unsent(system, "identity") <= 2

    system.start_api("delegation")
    eventually(lambda: story.sites(founder) == (200, 1), limit=90, every=0.2)
    story.leave(firm)
    eventually(lambda: story.sites(firm)[0] == 401, limit=LIMIT, every=0.2)

    rabbitmq.start()
    eventually(lambda: _oldest(system) < OLDEST / 2, limit=120, every=0.5, what="the projections stay old")
    asked = _asked(system)
    quiet = time.monotonic() + 3 * BEAT
    while time.monotonic() < quiet:
        assert story.sites(founder) == (200, 1)
    assert story.write(founder) == 201
    assert _asked(system) == asked > 0 and _marks(system) <= 2


def _ask(system: Distributed, service: str, query: str) -> int:
    engine = create_engine(system.databases[service])
    with engine.connect() as connection:
        found = int(connection.execute(text(query)).scalar_one())
    engine.dispose()
    return found


def _messages(system: Distributed) -> int:
    return _ask(system, "contact", "SELECT count(*) FROM message")


def _unsent(system: Distributed, service: str) -> int:
    return _ask(system, service, "SELECT count(*) FROM outbox WHERE type LIKE '%authority.alive%'")


def _marks(system: Distributed) -> int:
    """Signs of life that dsn keeps of its two owners."""
    return _ask(system, "dsn", "SELECT count(*) FROM inbox WHERE type LIKE '%authority.alive%' AND body IS NULL")


def _asked(system: Distributed) -> int:
    """How often delegation was asked about somebody's access."""
    return system.processes["delegation"].log.read_text().count("/v1/access")


def _oldest(system: Distributed) -> float:
    """The greatest age that dsn's and contact's workers tell of."""
    return max(age for name in ("dsn worker", "contact worker") for age in _ages(system.processes[name].ready_url))


def _ages(ready: str) -> list[float]:
    with urllib.request.urlopen(ready.replace("/readyz", "/metrics"), timeout=5) as answer:
        found: Callable[[str], list[str]] = re.compile(r"^espace_authority_age_seconds\{.*\} (\S+)$", re.M).findall
        return [float(age) for age in found(answer.read().decode())]
