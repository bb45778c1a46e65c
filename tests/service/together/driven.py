"""The services as a state machine drives them: emptied in a moment, every gesture allowed to be refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.events.envelope import decode
from contracts import REGISTRY
from services.delegation.storage.tables import adherents, delegations
from services.identity.storage.tables import accounts
from tests.service.delegation.world import line
from tests.service.together.system import PASSWORD, Together


class Driven(Together):
    """Identity and delegation. `asked`: the address that each delegation was opened for, as it was announced. `heard`:
    the newest version of each account that delegation was told of, and its address then. `grown`: what delegation let
    somebody have though it had been told that he left the address."""

    asked: dict[UUID, str]
    heard: dict[UUID, tuple[int, str]]
    grown: list[Any]

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self._files = {name: folder / f"{name}.db" for name in ("identity", "delegation")}
        super().__init__(lambda name: f"sqlite:///{self._files[name]}", folder, clock, tuple(self._files))
        self.asked, self.heard, self.grown = {}, {}, []
        self._kept: tuple[Any, ...] = ()

    def keep(self) -> None:
        """Remember everything as it is now."""
        for file in self._files.values():
            _copy(file, file.with_suffix(".kept"))
        self._kept = (self.clock.now(), list(self.waiting), list(self.links), dict(self.asked), dict(self.heard))

    def reset(self) -> None:
        """Everything is as it was when it was kept."""
        for file in self._files.values():
            _copy(file.with_suffix(".kept"), file)
        now, waiting, links, asked, heard = self._kept
        self.clock.set(now)
        self.waiting, self.links, self.asked = list(waiting), list(links), dict(asked)
        self.heard, self.grown = dict(heard), []

    def read(self, event: Any) -> None:
        """Remember what was asked for."""
        super().read(event)
        if event.type == "delegation.opened.v1":
            self.asked[event.data["delegation_id"]] = event.data["beneficiary"]["email"]

    def deliver(self, number: int = 0) -> None:
        """Deliver, and compare what delegation let people have with what it had been told of them."""
        name, told = self.waiting[number]
        if name != "delegation":
            super().deliver(number)
            return
        event = decode(REGISTRY, told.headers, told.body)
        with self.compared():
            if event.type in ("account.completed.v1", "account.updated.v1", "beneficiary.identified.v1"):
                identified = event.type == "beneficiary.identified.v1"
                version = event.data.get("version", 0) if identified else event.sequence
                heard = (version, event.data["email"])
                self.heard[event.data["account_id"]] = max(self.heard.get(event.data["account_id"], heard), heard)
            super().deliver(number)

    @contextmanager
    def compared(self) -> Iterator[None]:
        """Whoever has, or is confirmed for, a delegation after this that he had not before is at the address asked, as
        far as delegation was told."""
        before = self._had()
        yield
        self.grown += [
            (one, self.asked.get(one[0]), self.heard.get(one[1]))
            for one in self._had() - before
            if self.heard.get(one[1], (0, ""))[1] != self.asked.get(one[0])
        ]

    def _had(self) -> set[tuple[UUID, UUID, bool]]:
        columns = (delegations.c.id, delegations.c.account_id, delegations.c.confirmed_at.is_not(None))
        query = sa.select(*columns).where(delegations.c.account_id.is_not(None))
        with self.delegation.engine.connect() as connection:
            return {(row[0], row[1], bool(row[2])) for row in connection.execute(query)}

    def minute(self) -> None:
        """The jobs of both."""
        self.delegation.run_job("close_ended_delegations")
        super().minute()

    def replace_founder(self, number: int, email: str) -> None:
        """The caisse replaces the last founder of company `number`; it may be refused."""
        founders = [row for row in self.beneficiaries() if row["kind"] == "fondateur" and self._number(row) == number]
        former = max(founders, key=lambda row: (row["opened_at"], row["id"]))["email"] if founders else email
        said = {"caisse": "IDF", "identifiant": f"04{number:05}", "former_email": former, "email": email}
        body = {**said, "nom": "Petit", "prenom": "Luc", "reason": "Départ"}
        answer = self.delegation.post("/v1/founders", json=body, machine=["founders:write"])
        assert answer.status < 500, answer.json

    def _number(self, row: Any) -> int:
        query = sa.select(adherents.c.identifiant).where(adherents.c.id == row["adherent_id"])
        return int(str(self.world.scalar(query))[2:])

    def send_founder(self, email: str, number: int) -> None:
        """The referential names a founding administrator; it may be refused."""
        assert self.world.send(line(number, administrateur_email=email)).status == 200

    def act(self, adherent: UUID, by: UUID, row: dict[str, Any], what: str) -> None:
        """An administrator decides on what he sees; it may be refused."""
        body = {"json": {}} if what == "closing" else {}
        headers = {"If-Match": f'"{row["sequence"]}"'}
        path = f"/v1/adherents/{adherent}/delegations/{row['id']}/{what}"
        with self.compared():
            answer = self.delegation.post(path, as_=by, headers=headers, **body)
        assert answer.status < 500, answer.json

    def ask_change(self, token: str, to: str) -> None:
        """« Modifier identifiant », with the right password."""
        answer = self.post("/account/identifier", {"email": to, "mot_de_passe_actuel": PASSWORD}, token=token)
        assert answer.status < 500, answer.json
        self.collect()

    def some_link(self, purpose: str, email: str, number: int) -> str:
        """One of the links of `purpose` in the mailbox `email`, the newest for 0."""
        self.collect()
        found = [token for what, reader, token in self.links if (what, reader) == (purpose, email)]
        return found[-1 - number % len(found)] if found else ""

    def choose_again(self, email: str) -> None:
        """Use the newest link to another password that is in the mailbox, if it works."""
        self.collect()
        links = [token for what, reader, token in self.links if reader == email and what == "identifier_change"]
        form = {"token": links[-1] if links else "", "mot_de_passe": PASSWORD, "confirmation": PASSWORD}
        self.post("/password-resets/complete", form)

    def addresses(self) -> dict[UUID, str]:
        """The address of each account that somebody opened."""
        query = sa.select(accounts.c.account_id, accounts.c.email).where(accounts.c.status != "invite")
        with self.identity.engine.connect() as connection:
            return {row.account_id: row.email for row in connection.execute(query)}

    def beneficiaries(self) -> list[Any]:
        """What delegation holds of everybody."""
        with self.delegation.engine.connect() as connection:
            return list(connection.execute(sa.select(delegations)).mappings())


def _copy(source: Path, target: Path) -> None:
    """The whole database, in one transaction of the target."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
