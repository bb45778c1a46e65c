"""Commands sent to a stack without pause, each known by its marker: companies of the referential, given by the machine.

Each company has a founding administrator of its own, so each command ends as exactly one invitation in his mailbox,
through delegation, the bus, identity, the bus, notification and SMTP.
"""

import csv
import io
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

import httpx

from embedded.demo_data import HEADER
from tests.journeys.companies import Company, a_company, machine_token, period
from tests.support.compose import Compose
from tests.support.ledger import Ledger
from tests.support.ports import eventually

BATCH = 5
PAUSE = 0.5
TOKEN_LIFE = 120.0


class Load:
    """Threads that send batches until told to stop; a batch without a clear answer is sent again, with its key."""

    def __init__(self, stack: Compose, threads: int = 2) -> None:
        self.stack, self.ledger = stack, Ledger()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._token, self._until = "", 0.0
        self._threads = [threading.Thread(target=self._send, daemon=True) for _ in range(threads)]

    @contextmanager
    def running(self) -> Iterator["Load"]:
        """While in here, commands are sent; at the end every one of them is known."""
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(180)

    def done(self, more: int, limit: float = 180) -> None:
        """Wait until `more` further commands were answered well: load before, during and after a fault."""
        wanted = len(self.ledger.ok) + more
        eventually(lambda: len(self.ledger.ok) >= wanted, limit, every=0.2, what=f"{more} more commands")

    def _send(self) -> None:
        with httpx.Client(base_url=self.stack.api("delegation"), timeout=30, trust_env=False) as machine:
            while not self._stop.is_set():
                companies, key = [a_company() for _ in range(BATCH)], str(uuid4())
                self._note(companies, "unknown")
                while not self._accepted(machine, companies, key):
                    time.sleep(0.3)
                self._note(companies, "ok")
                self._stop.wait(PAUSE)

    def _accepted(self, machine: httpx.Client, companies: Sequence[Company], key: str) -> bool:
        """Whether the system said yes; whatever else it said, the same is sent again."""
        try:
            bearer = {"Authorization": f"Bearer {self._bearer()}"}
            opened = machine.post("/v1/imports", json={"format": "csv", "name": "load"}, headers=bearer)
            path = f"/v1/imports/{opened.raise_for_status().json()['import_id']}/lines?first=1"
            kind = {"Content-Type": "text/csv", "Idempotency-Key": key}
            answer = machine.post(path, content=_csv(companies), headers=bearer | kind).raise_for_status()
        except httpx.HTTPError:
            return False
        assert answer.json()["rejected"] == []
        return True

    def _bearer(self) -> str:
        with self._lock:
            if time.monotonic() > self._until:
                self._token, self._until = machine_token(self.stack), time.monotonic() + TOKEN_LIFE
            return self._token

    def _note(self, companies: list[Company], outcome: str) -> None:
        with self._lock:
            for company in companies:
                self.ledger.settle(company.administrateur, outcome)


def _csv(companies: Sequence[Company]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for one in companies:
        person = (one.administrateur, "PATRON", "Paul", one.firm.nom, one.firm.email)
        for name, siret, _ in one.sites:
            row = ("IDF", one.identifiant, one.raison_sociale, one.siren, *person, siret, name, 15, period(0))
            writer.writerow(row)
    return text.getvalue().encode()


def balance(stack: Compose, ledger: Ledger, rest: float = 240) -> None:
    """At rest (nothing waits anywhere, twice), the mailbox holds one invitation for each command: AssertionError else.

    A repeat with the same Message-ID is the same e-mail (a crash between SMTP and the row); another Message-ID is not.
    """
    eventually(lambda: not stack.waiting(), limit=rest, every=1, what="the system did not come to rest")
    eventually(lambda: not stack.waiting(), limit=rest, every=1, what="it did not stay at rest")
    ours = {pair for pair in stack.received() if pair[0] in ledger.attempted}
    verdict = ledger.compare([address for address, _ in ours], parked=stack.parked())
    assert verdict.clean, verdict
    assert not ledger.unknown
