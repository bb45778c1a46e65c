"""The services as a state machine drives them: emptied in a moment, every gesture allowed to be refused."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backbone.clock import FixedClock
from services.delegation.storage.tables import delegations
from services.identity.storage.tables import accounts
from tests.service.delegation.world import line
from tests.service.together.system import PASSWORD, Together


class Driven(Together):
    """Identity and delegation. `asked`: the address that each delegation was opened for, as it was announced."""

    asked: dict[UUID, str]

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self._files = {name: folder / f"{name}.db" for name in ("identity", "delegation")}
        super().__init__(lambda name: f"sqlite:///{self._files[name]}", folder, clock, tuple(self._files))
        self.asked = {}
        self._kept: tuple[Any, ...] = ()

    def keep(self) -> None:
        """Remember everything as it is now."""
        for file in self._files.values():
            _copy(file, file.with_suffix(".kept"))
        self._kept = (self.clock.now(), list(self.waiting), list(self.links), dict(self.asked))

    def reset(self) -> None:
        """Everything is as it was when it was kept."""
        for file in self._files.values():
            _copy(file.with_suffix(".kept"), file)
        now, waiting, links, asked = self._kept
        self.clock.set(now)
        self.waiting, self.links, self.asked = list(waiting), list(links), dict(asked)

    def read(self, event: Any) -> None:
        """Remember what was asked for."""
        super().read(event)
        if event.type == "delegation.opened.v1":
            self.asked[event.data["delegation_id"]] = event.data["beneficiary"]["email"]

    def send_founder(self, email: str, number: int) -> None:
        """The referential names a founding administrator; it may be refused."""
        assert self.world.send(line(number, administrateur_email=email)).status == 200

    def act(self, adherent: UUID, by: UUID, row: dict[str, Any], what: str) -> None:
        """An administrator decides on what he sees; it may be refused."""
        body = {"json": {}} if what == "closing" else {}
        headers = {"If-Match": f'"{row["sequence"]}"'}
        path = f"/v1/adherents/{adherent}/delegations/{row['id']}/{what}"
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
