"""The demonstration: a small fictional referential, and the first steps of its people, taken through the real services.

Each step looks before it acts, so a demo that was cut short goes on at the next start. Nothing is written behind the
services' backs: the file is imported, the links are read from the mailbox, the forms are posted.
"""

import re
import time
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from backbone.clock import SystemClock, paris_day
from backbone.strict_json import loads
from contracts.words import functions
from contracts.words.actions import Action
from contracts.words.colleges import COLLEGES
from contracts.words.kinds import Kind
from contracts.words.levels import Level
from contracts.words.statuses import Statut
from embedded import demo_dsn, keys
from embedded.demo_data import (
    CLIENTS,
    FIRM,
    LOGINS,
    PASSWORD,
    PRENOMS,
    WITNESS,
    founder_of,
    period,
    referential,
    site_of_durand,
)
from embedded.folder import Folder
from embedded.mailbox import Mailbox, body
from embedded.system import System

__all__ = ["LOGINS", "PASSWORD", "Demo"]

Found = TypeVar("Found")
LIMIT = 60.0
RIGHTS = {
    functions.MA_SITUATION_DE_COMPTE: Level.CONSULTATION,
    functions.DECLARATIONS_SALAIRES: Level.MISE_A_JOUR,
    functions.DECLARATIONS_NOMINATIVES: Level.MISE_A_JOUR,
    functions.MES_DOCUMENTS: Level.CONSULTATION,
    functions.TRANSMETTRE_FICHIERS: Level.MISE_A_JOUR,
}


class Demo:
    """Loads the demonstration into an empty system, once."""

    def __init__(self, system: System, folder: Folder) -> None:
        self._identity = self._client(system, "identity")
        self._delegation = self._client(system, "delegation")
        self._dsn = self._client(system, "dsn")
        self._settle, self._resumed = system.settle, False
        self._folder, self._mailbox = folder, Mailbox(folder.path)
        self._today = paris_day(SystemClock().now())
        self._started, self._done = folder.path / "demo.started", folder.path / "demo.done"

    def load(self) -> None:
        """Import, open the accounts, delegate to the firm, confirm. Nothing when it was done or other data is there."""
        if self._done.exists() or (not self._started.exists() and self._inhabited()):
            return
        self._resumed = self._started.exists()
        self._started.touch()
        self._import()
        for client in CLIENTS:
            self._open_account(founder_of(client), client.title(), PRENOMS[client])
        for client in CLIENTS:
            self._delegate(founder_of(client))
        self._settle(LIMIT)  # all invitations have left: the form accepts them together
        self._open_account(FIRM, "Martin", "Claire")
        if self._resumed:
            self._accept_late()
        for client in CLIENTS:
            self._confirm(founder_of(client))
        self._settle(LIMIT)  # the sites are known to dsn: what comes for them now is late for some
        self._declare()
        self._settle(LIMIT)  # the welcome names logins that work
        self._done.touch()

    def _inhabited(self) -> bool:
        """Whether somebody received a mail from this system already: then it is not ours to fill."""
        return any(True for _ in self._mailbox.emails())

    def _import(self) -> None:
        caisse = self._caisse()
        opened = self._delegation.post("/v1/imports", json={"format": "csv", "name": "demonstration"}, headers=caisse)
        import_id = _read(opened)["import_id"]
        _ok(
            self._delegation.post(
                f"/v1/imports/{import_id}/lines?first=2",
                content=referential(self._today).encode(),
                headers={**caisse, "Content-Type": "text/csv"},
            )
        )

    def _declare(self) -> None:
        """What the caisse receives and answers; the same file again changes nothing."""
        caisse = {**self._caisse(), "Content-Type": "application/octet-stream"}
        _until(lambda: self._missed(caisse), "the alert that the late declaration puts right")
        for file in (demo_dsn.declarations(self._today), demo_dsn.answers(self._today)):
            _ok(self._dsn.post("/v1/imports", content=file, headers=caisse))

    def _missed(self, caisse: dict[str, str]) -> bool | None:
        """Whether dsn judged the month that comes late and raised its alert, or has it from a demo cut short."""
        place = f"{site_of_durand(WITNESS)}/suivi/{period(self._today, demo_dsn.LATE)}"
        answer = self._dsn.get(f"/v1/establishments/{place}", headers=caisse)
        found = [] if answer.status_code == 404 else _read(answer)["sites"]
        return any(one["alerts"] or one["received_at"] for one in found) or None

    def _open_account(self, email: str, nom: str, prenom: str) -> None:
        if self._knows(email):
            return
        token = _until(lambda: self._link(email), f"the invitation of {email}")
        form = {
            "token": token,
            "mot_de_passe": PASSWORD,
            "confirmation": PASSWORD,
            "nom": nom,
            "prenom": prenom,
            "telephone_fixe": None,
            "telephone_mobile": None,
            "newsletter": False,
        }
        answer = self._identity.post("/v1/invitations/complete", json=form)
        if answer.status_code != 410:  # a cut-short demo may have used the link already
            _ok(answer)

    def _delegate(self, founder: str) -> None:
        headers = self._as(founder)
        adherent_id = _until(lambda: self._adherent(headers), f"the sites of {founder}")
        if _read(self._delegation.get(f"/v1/adherents/{adherent_id}", headers=headers))["cabinet_delegated"]:
            return
        order = {
            "email": FIRM,
            "kind": Kind.CABINET,
            "starts_on": self._today.isoformat(),
            "ends_on": None,
            "administrator": False,
            "colleges": list(COLLEGES),
            "rights": RIGHTS,
        }
        _ok(self._delegation.post(f"/v1/adherents/{adherent_id}/delegations", json=order, headers=headers))

    def _accept_late(self) -> None:
        """What was delegated to the firm after a demo that was cut short had opened its account waits for its act."""
        self._settle(LIMIT)
        self._identity.post("/v1/invitations/accept", json={"token": self._link(FIRM) or ""})  # if nobody confirmed yet
        if token := self._token(FIRM):
            headers = {"Authorization": f"Bearer {token}"}
            for one in _read(self._identity.get("/v1/account/invitations", headers=headers))["items"]:
                path = f"/v1/account/invitations/{one['delegation_id']}/acceptance"
                _ok(self._identity.post(path, headers=headers))

    def _confirm(self, founder: str) -> None:
        headers = self._as(founder)
        adherent_id = self._adherent(headers)
        path = f"/v1/adherents/{adherent_id}/delegations"

        def to_confirm() -> list[tuple[str, int]] | None:
            items = _read(self._delegation.get(f"{path}?page_size=50", headers=headers))["items"]
            of_firm = [one for one in items if one["email"] == FIRM]
            ready = [(one["delegation_id"], one["version"]) for one in of_firm if Action.CONFIRMER in one["actions"]]
            return ready if ready or any(one["statut"] == Statut.ACTIF for one in of_firm) else None

        for delegation_id, version in _until(to_confirm, f"a delegation to confirm by {founder}"):
            shown = {**headers, "If-Match": f'"{version}"'}
            _ok(self._delegation.post(f"{path}/{delegation_id}/confirmation", headers=shown))

    # small steps

    def _as(self, email: str) -> dict[str, str]:
        """Log in: who founded his company may, as soon as he completed his account."""
        token = self._token(email)
        if token is None:
            raise RuntimeError(f"{email} could not log in")
        return {"Authorization": f"Bearer {token}"}

    def _token(self, email: str) -> str | None:
        answer = self._identity.post("/v1/sessions", json={"email": email, "mot_de_passe": PASSWORD})
        return str(_read(answer)["access_token"]) if answer.status_code == 201 else None

    def _knows(self, email: str) -> bool:
        """Whether the account was opened in an earlier, cut-short run. One try: a wrong one counts against it."""
        return self._resumed and self._token(email) is not None

    def _caisse(self) -> dict[str, str]:
        form = {
            "grant_type": "client_credentials",
            "client_id": keys.CAISSE,
            "client_secret": keys.read(self._folder, f"{keys.CAISSE}.secret"),
        }
        token = _read(self._identity.post("/v1/token", data=form))["access_token"]
        return {"Authorization": f"Bearer {token}"}

    def _adherent(self, headers: dict[str, str]) -> str | None:
        items = _read(self._delegation.get("/v1/sites", headers=headers))["items"]
        return str(items[0]["adherent_id"]) if items else None

    def _link(self, email: str) -> str | None:
        """The token of the newest invitation mailed to `email`."""
        found = None
        for _key, message in self._mailbox.emails():
            match = (
                re.search(r"/lien/invitation/([\w-]+)", body(message, "plain")) if email in str(message["To"]) else None
            )
            found = match.group(1) if match else found
        return found

    @staticmethod
    def _client(system: System, name: str) -> httpx.Client:
        transport = httpx.WSGITransport(app=system.apis[name])
        return httpx.Client(transport=transport, base_url=f"http://{name}", headers={"X-Forwarded-For": "127.0.0.1"})


def _until(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds, as soon as it finds it. RuntimeError after a minute."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.05)
    raise RuntimeError(f"the demo waited in vain for {what}")


def _read(answer: httpx.Response) -> Any:
    return loads(_ok(answer).content)


def _ok(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        raise RuntimeError(
            f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:300]}"
        )
    return answer
