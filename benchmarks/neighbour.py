"""What a neighbour's acts wait for while somebody makes a great noise: `python -m benchmarks.neighbour [NOISE …]`.

The five services as processes of their own on PostgreSQL and RabbitMQ. One company acts twice a second (it invites
somebody, it changes a delegation); meanwhile the caisse imports, an owner says everything again, or another company
changes everything at once. For each noise: p50, p95 and the longest time from the answer of the API to the mail in
the mail server, and to the right in dsn's own table. What never came counts with the seconds until nobody waited for
it any more, and is told: a mail that is lost is no slow mail.
"""

import argparse
import csv
import io
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import sqlalchemy as sa

from backbone.clock import SystemClock, paris_day
from backbone.strict_json import loads
from contracts.words.colleges import CADRES
from contracts.words.functions import DECLARATIONS_NOMINATIVES
from contracts.words.kinds import Kind
from contracts.words.levels import Level
from embedded.demo_data import HEADER
from tests.journeys.companies import a_company, machine_token, period, with_key
from tests.journeys.systems import Distributed
from tests.journeys.test_10_bus_away import Story
from tests.support.postgres import start_postgres
from tests.support.rabbitmq import start_rabbitmq
from tests.support.stage import percentile
from tools.dsn_synth.crm import crm, render
from tools.dsn_synth.monthly import Monthly

CHUNK = 5000
MAIL_SECONDS = 0.02  # a mail server that takes fifty messages a second
PACES = {"ESPACE_NEW_ADDRESSES_PER_HOUR": "1000000", "ESPACE_HIDDEN_CLASHES_PER_HOUR": "1000000"}
PER_RUN = 90.0
RIGHTS = {DECLARATIONS_NOMINATIVES: Level.CONSULTATION}


class Neighbour(Story):
    """A company whose administrator goes on working, and how long each of his acts took to bite elsewhere."""

    def __init__(self, system: Any) -> None:
        super().__init__(system, a_company())
        self.mailed: dict[str, float] = {}
        self._acted: dict[str, dict[str, float]] = {"mail": {}, "right": {}}
        self._bitten: dict[str, dict[str, float]] = {"mail": self.mailed, "right": {}}
        self._database = psycopg.connect(_plain(system.databases["dsn"]), autocommit=True)
        self._number, self._client = 0, httpx.Client(timeout=60)

    def act(self) -> None:
        """Invite somebody, and change the end of the firm's delegation."""
        self._number += 1
        order = {"email": f"n{self._number}@voisin{id(self)}.example.com", "kind": Kind.CABINET, "ends_on": None}
        self._send("POST", self.path, {**self._grant(), **order})
        self._acted["mail"][order["email"] or ""] = time.time()
        seen = self._read(self._client.get(self._url(self.delegation), headers=self._who()))
        end = f"2031-01-{self._number % 28 + 1:02}"
        self._send("PUT", self.delegation, {**self._grant(), "ends_on": end}, {"If-Match": seen.headers["ETag"]})
        self._acted["right"][end] = time.time()
        self._bitten["right"].pop(end, None)

    def look(self) -> None:
        """See which changes dsn knows by now."""
        (end,) = self._database.execute(
            "SELECT ends_on FROM access WHERE grant_id = %s", (self.delegation.rpartition("/")[2],)
        ).fetchone() or (None,)
        now = time.time()
        for one, at in self._acted["right"].items():
            newest = max(self._acted["right"].values())
            if one == str(end):  # whatever was asked before it is overtaken by it
                for former, before in self._acted["right"].items():
                    if before <= at and newest >= before:
                        self._bitten["right"].setdefault(former, now)

    def delays(self, effect: str) -> tuple[list[float], int]:
        """Seconds of each act, and how many have not bitten yet: of those, the seconds so far."""
        now, bitten, acted = time.time(), self._bitten[effect], self._acted[effect]
        return [bitten.get(one, now) - at for one, at in acted.items()], len(acted.keys() - bitten.keys())

    def begin(self) -> None:
        """Forget the acts before."""
        for acts in self._acted.values():
            acts.clear()
        self._bitten["right"].clear()

    def settled(self) -> bool:
        """Whether all has bitten."""
        self.look()
        return all(one in self._bitten[effect] for effect, acts in self._acted.items() for one in acts)

    def _grant(self) -> dict[str, Any]:
        today = paris_day(SystemClock().now()).isoformat()
        return {"starts_on": today, "administrator": False, "colleges": [CADRES], "rights": RIGHTS}

    def _url(self, path: str) -> str:
        return f"{self.system.api('delegation')}{path}"

    def _who(self) -> Mapping[str, str]:
        return self._as(self.company.administrateur)

    def _send(self, method: str, path: str, body: Mapping[str, Any], more: Mapping[str, str] | None = None) -> None:
        headers = {**self._who(), "Idempotency-Key": str(uuid4()), **(more or {})}
        self._read(self._client.request(method, self._url(path), json=body, headers=headers))


def referential(lines: int, mark: int) -> Iterator[bytes]:
    """The file of a caisse, in chunks: so many companies of one site, each with a founder nobody knows."""
    for first in range(0, lines, CHUNK):
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(HEADER)
        for number in range(first, min(first + CHUNK, lines)):
            siren = with_key(f"{mark:02}{number:06}")
            person = (f"f{mark}-{number}@foule.example.com", "PATRON", "Paul", "CABINET", "")
            site = (with_key(f"{siren}0001"), "Siège", 15, period(0))
            writer.writerow(("IDF", f"{mark:02}{number:06}", f"FOULE {number}", siren, *person, *site))
        yield text.getvalue().encode()


def import_many(system: Distributed, lines: int, mark: int) -> None:
    """As the caisse's machine does: one chunk after the other."""
    headers = {"Authorization": f"Bearer {machine_token(system)}"}
    with httpx.Client(base_url=system.api("delegation"), headers=headers, timeout=120) as caisse:
        opened = caisse.post("/v1/imports", json={"format": "csv", "name": "noise"}).raise_for_status()
        import_id = loads(opened.content)["import_id"]
        for at, chunk in enumerate(referential(lines, mark)):
            path = f"/v1/imports/{import_id}/lines?first={at * CHUNK + 2}"
            answer = caisse.post(path, content=chunk, headers={"Content-Type": "text/csv"}).raise_for_status()
            rejected = loads(answer.content)["rejected"]
            assert not rejected, rejected[:3]


def change_many(system: Distributed, count: int) -> None:
    """Another company, all at once: it invites `count` people."""
    story = Story(system, a_company())  # type: ignore[arg-type]
    story.open()
    today = paris_day(SystemClock().now()).isoformat()
    grant = {"starts_on": today, "administrator": False, "colleges": [CADRES], "rights": RIGHTS}
    who, url = story._as(story.company.administrateur), f"{system.api('delegation')}{story.path}"

    def invite(number: int) -> None:
        order = {**grant, "email": f"b{number}@bruit.example.com", "kind": Kind.CABINET, "ends_on": None}
        headers = {**who, "Idempotency-Key": str(uuid4())}
        httpx.post(url, json=order, headers=headers, timeout=120).raise_for_status()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(invite, range(count)))


def answers(system: Distributed, lines: int) -> None:
    """dsn takes a file of the caisse's answers, to declarations that will come."""
    now = SystemClock().now()
    body = render([crm(Monthly("73282932000074", "2026-09", seed=n), 0, now) for n in range(lines)])
    headers = {"Authorization": f"Bearer {machine_token(system)}", "Content-Type": "application/x-ndjson"}
    httpx.post(f"{system.api('dsn')}/v1/imports", content=body, headers=headers, timeout=600).raise_for_status()


def noises(system: Distributed, lines: int) -> Mapping[str, Callable[[], Any]]:
    """What can be heard, by name."""
    return {
        "quiet": lambda: time.sleep(15),
        "changes": lambda: change_many(system, 1000),
        "import": lambda: import_many(system, lines, 11),
        "announce": lambda: system.command("announce", "delegation"),
        "dsn": lambda: answers(system, lines),
    }


class Noise(threading.Thread):
    """Who makes the noise. One that fails says so: what is measured after it was measured in silence."""

    def __init__(self, make: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._make, self._error = make, ""

    def run(self) -> None:
        """Make it. What it is doing when the servers are taken away fails, and nobody asks any more."""
        try:
            self._make()
        except Exception as error:
            self._error = f"failed: {type(error).__name__}"

    def state(self) -> str:
        """Whether it is made still, made, or broke."""
        return "going on" if self.is_alive() else self._error or "over"


class Unhurried(Distributed):
    """The system, whose delegation does not brake who invites a thousand."""

    def _own(self, service: str) -> Mapping[str, str]:
        return {**super()._own(service), **(PACES if service == "delegation" else {})}


@contextmanager
def running() -> Iterator[Distributed]:
    """The servers and the system."""
    folder = Path(tempfile.mkdtemp(prefix="neighbour-"))
    postgres, rabbitmq = start_postgres(folder / "postgres", fsync=False), start_rabbitmq(folder / "rabbitmq")
    try:
        system = Unhurried(folder, postgres, rabbitmq)
        yield system
        for process in system.processes.values():
            if process.running():
                process.kill9()
        system.smtp.stop()
    finally:
        rabbitmq.close()
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def measure(neighbour: Neighbour, noise: Callable[[], Any]) -> dict[str, Any]:
    """The neighbour works from before the noise until what it made is done, at most `PER_RUN` seconds."""
    neighbour.begin()
    thread = Noise(noise)
    begun = time.time()
    thread.start()
    while time.time() - begun < 10 or (_busy(neighbour.system, thread) and time.time() - begun < PER_RUN):
        with suppress(httpx.HTTPError):  # a token that is over: the next act has a new one
            neighbour.act()
        for _ in range(10):
            neighbour.look()
            time.sleep(0.05)
    found: dict[str, Any] = {"heard": round(time.time() - begun, 1), "noise": thread.state()}
    end = time.time() + 60
    while not neighbour.settled() and time.time() < end:
        time.sleep(0.1)
    for effect in ("mail", "right"):
        delays, never = neighbour.delays(effect)
        parts = {"p50": percentile(delays, 0.5), "p95": percentile(delays, 0.95), "longest": max(delays)}
        found[effect] = {
            "acts": len(delays),
            "never": never,
            **{name: round(value, 2) for name, value in parts.items()},
        }
    return found


def _busy(system: Any, thread: threading.Thread) -> bool:
    """Whether the noise is made still, or what it made is still under way."""
    if thread.is_alive():
        return True
    with psycopg.connect(_plain(system.databases["notification"])) as one:
        waiting = one.execute("SELECT count(*) FROM delivery WHERE status = 'a_envoyer'").fetchone()
    return bool(waiting and waiting[0] > 5)


def _plain(url: str) -> str:
    return sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def main() -> None:
    """Measure what the words name, or everything."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("noise", nargs="*")
    words.add_argument("--lines", type=int, default=50_000)
    given = words.parse_args()
    with running() as system:
        neighbour = Neighbour(system)
        arrived = neighbour.mailed

        def take(_number: int) -> None:
            time.sleep(MAIL_SECONDS)
            arrived[system.smtp.recipients[-1]] = time.time()

        neighbour.open()
        system.smtp.accepted = take
        known = noises(system, given.lines)
        for name in given.noise or known:
            print(name, json.dumps(measure(neighbour, known[name])), flush=True)


if __name__ == "__main__":
    main()
