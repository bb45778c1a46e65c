"""The embedded process killed with -9 at random during journeys: same state, one e-mail per step.

The journey goes through the services' HTTP, each step repeated with its own Idempotency-Key until it is answered.
KILLS=20 is the long form, of `make soak`.
"""

import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from backbone.clock import SystemClock, paris_day
from embedded.mailbox import body
from tests.journeys.companies import PASSWORD, Company, a_company, import_companies, person_token
from tests.journeys.systems import Embedded
from tests.support.ports import eventually

KILLS = int(os.environ.get("KILLS", "6"))
STEP = 240.0
STEPS = {
    "invitation de l'administrateur": ("administrateur", "Compléter les informations"),
    "invitation du cabinet": ("cabinet", "Compléter les informations"),
    "demande de confirmation": ("administrateur", "Confirmer la délégation"),
    "confirmation": ("cabinet", "est confirmée"),
    "fermeture": ("cabinet", "a pris fin"),
}


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Embedded]:
    """An embedded system of this test alone."""
    system = Embedded(tmp_path)
    yield system
    if not system.running():
        system.start()
    system.close()


class Killer(threading.Thread):
    """Kills the system at random moments and starts it again, `KILLS` times."""

    def __init__(self, system: Embedded) -> None:
        super().__init__(daemon=True)
        self.system, self.kills, self._random = system, 0, random.Random(7)
        self.enough = threading.Event()

    def run(self) -> None:
        """Kill, start, wait, again."""
        while self.kills < KILLS and not self.enough.wait(self._random.uniform(0.1, 3.0)):
            self.system.kill9()
            self.kills += 1
            self.system.start()


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_kills_change_nothing_and_double_no_mail(mortal: Embedded) -> None:
    killer, journeys = Killer(mortal), list[Journey]()
    killer.start()
    try:
        while killer.is_alive() or not journeys:
            journeys.append(Journey(mortal, a_company()))
            journeys[-1].take()
    finally:
        killer.enough.set()
        killer.join()
    assert killer.kills == KILLS
    for journey in journeys:
        eventually(lambda c=journey.company: len(_mails(mortal, c)) >= len(STEPS), limit=STEP, what="the last mails")
        assert journey.insist(journey.state) == {"Administrateur": "Actif", "Utilisateur": "Inactif"}
    for journey in journeys:
        assert Counter(_mails(mortal, journey.company)) == Counter(dict.fromkeys(STEPS, 1))


class Journey:
    """One company from the import to the closing, by the services' HTTP. Each step insists until it is answered."""

    def __init__(self, system: Embedded, company: Company) -> None:
        self.system, self.company = system, company
        self._tokens: dict[str, str] = {}

    def take(self) -> None:
        """All of it."""
        self.insist(lambda: import_companies(self.system, self.company))
        self._complete(self.company.administrateur)
        path = f"/v1/adherents/{self._until(self._adherent)}/delegations"
        order = {
            "email": self.company.firm.email,
            "kind": "cabinet",
            "starts_on": paris_day(SystemClock().now()).isoformat(),
            "ends_on": None,
            "administrator": False,
            "colleges": ["cadres"],
            "rights": {"declarations_nominatives": "consultation"},
        }
        opened = self._post("delegation", path, order, self.company.administrateur)
        one = f"{path}/{opened.json()['delegation_id']}"
        self._complete(self.company.firm.email)
        self._until(lambda: "confirmer" in self._get("delegation", one).json()["actions"])
        self._act(one, "confirmation")
        self._until(lambda: person_token(self.system, self.company.firm.email))
        self._act(one, "closing")

    def state(self) -> dict[str, str]:
        """Role and status of each beneficiary, as the administrator sees them with the token he has."""
        path = f"/v1/adherents/{self._adherent()}/delegations?exclure_inactifs=false&page_size=50"
        return {one["role"]: one["statut"] for one in self._get("delegation", path).json()["items"]}

    def _complete(self, email: str) -> None:
        token = self._until(lambda: _link(self.system, email))
        form = {"token": token, "mot_de_passe": PASSWORD, "confirmation": PASSWORD, "nom": "Nom", "prenom": "Prénom"}
        form |= {"telephone_fixe": None, "telephone_mobile": None, "newsletter": False}  # type: ignore[dict-item]
        url = f"{self.system.api('identity')}/v1/invitations/complete"
        self.insist(lambda: _accept(httpx.post(url, json=form, timeout=10), 410))

    def _post(self, service: str, path: str, content: object, who: str) -> httpx.Response:
        key = {"Idempotency-Key": str(uuid4())}
        url = f"{self.system.api(service)}{path}"
        return self.insist(lambda: self._read(httpx.post(url, json=content, headers=key | self._as(who), timeout=10)))

    def _act(self, one: str, verb: str) -> None:
        """An act of the administrator on a delegation, on the version that it has when he does it."""
        url, asked = f"{self.system.api('delegation')}{one}/{verb}", dict[str, str]()

        def act() -> httpx.Response:
            # Asked again after a kill it is the same request, the version included; after a 412 it is another.
            if not asked:
                seen = self._get("delegation", one).headers["ETag"]
                asked.update({"Idempotency-Key": str(uuid4()), "If-Match": seen})
            answer = httpx.post(url, json={}, headers=asked | self._as(self.company.administrateur), timeout=10)
            if answer.status_code == 412:
                asked.clear()
            return self._read(answer)

        self.insist(act)

    def _get(self, service: str, path: str) -> httpx.Response:
        url = f"{self.system.api(service)}{path}"
        return self._read(httpx.get(url, headers=self._as(self.company.administrateur), timeout=10))

    def _read(self, answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 401:  # five minutes have passed: the next try logs in again
            self._tokens.clear()
        return _accept(answer)

    def _adherent(self) -> str | None:
        items = self._get("delegation", "/v1/sites").json()["items"]
        return str(items[0]["adherent_id"]) if items else None

    def _as(self, email: str) -> dict[str, str]:
        if email not in self._tokens:
            self._tokens[email] = person_token(self.system, email)
        return {"Authorization": f"Bearer {self._tokens[email]}"}

    def _until(self, look: Callable[[], object]) -> object:
        """What `look` finds, asked again while the system is away or has not got there."""
        return self.insist(lambda: look() or _not_yet())

    @staticmethod
    def insist(act: Callable[[], object]) -> object:
        """What `act` gives, tried again for `STEP` seconds while it is refused or the system is away."""
        end = time.monotonic() + STEP
        while True:
            try:
                return act()
            except (httpx.HTTPError, NotYet, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)


class NotYet(Exception):
    """The system has not got there."""


def _not_yet() -> None:
    raise NotYet


def _accept(answer: httpx.Response, *also: int) -> httpx.Response:
    if answer.status_code not in also:
        answer.raise_for_status()
    return answer


def _link(system: Embedded, email: str) -> str | None:
    for message in system.emails():
        if email in str(message["To"]):
            found = re.search(r"/lien/invitation/([\w-]+)", body(message, "plain"))
            if found:
                return found.group(1)
    return None


def _mails(system: Embedded, company: Company) -> list[str]:
    """The steps that were mailed, one entry a mail."""
    people = {"administrateur": company.administrateur, "cabinet": company.firm.email}
    return [
        step
        for message in system.emails()
        for step, (who, words) in STEPS.items()
        if people[who] in str(message["To"]) and words in str(message["Subject"])
    ]
