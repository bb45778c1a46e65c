"""The pages in front of all five real services: each person a browser of his own, each call over HTTP, no fake."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from backbone.clock import FixedClock
from contracts.words.services import SERVICES
from gateway.app import build
from gateway.settings import Settings
from tests.gateway.line import Cut
from tests.gateway.portal import Portal
from tests.service.together.system import PASSWORD, Together


class Pages(Together):
    """The system with its pages. `lines`: the line from them to each service, which a test may cut."""

    def __init__(self, urls: Callable[[str], str], folder: Path, clock: FixedClock) -> None:
        super().__init__(urls, folder, clock, SERVICES)
        self.lines = {name: Cut(service.app) for name, service in self.services.items()}
        settings = Settings.of(secret_key="x" * 32, trusted_proxies=1, public_url="https://espace.example.com")
        self._gateway = build(settings, transports=self.lines, clock=clock)

    def visitor(self) -> Portal:
        """A browser that nobody is logged in with."""
        return Portal(self._gateway.test_client())

    def browser(self, email: str, password: str = PASSWORD) -> Portal:
        """A browser in which the owner of `email` logged in by the page."""
        self.settle()
        portal = self.visitor()
        portal.post("/connexion", email=email, mot_de_passe=password)
        return portal

    def space(self, portal: Portal) -> str:
        """The space of somebody who has one single site: « /choix » leads straight to it."""
        home = portal.get("/choix", 302).location
        found = re.match(r"/espace/[0-9a-f-]+/[0-9a-f-]+", home)
        assert found, home
        return found.group(0)

    def administrator(self, adherent: UUID, by: UUID, email: str, nom: str, prenom: str, kind: str = "cabinet") -> UUID:
        """Somebody to whom `by` delegated administration and who was confirmed; his account."""
        self.beneficiary(adherent, by, email, nom, prenom, administrator=True, rights={}, kind=kind)
        self.confirm(adherent, by, email)
        return self.account_of(email)

    def beneficiary(self, adherent: UUID, by: UUID, email: str, nom: str, prenom: str, **order: object) -> UUID:
        """Somebody to whom `by` delegated and who completed his account: his delegation, which waits."""
        answer = self.delegate(adherent, by, email, **order)
        assert answer.status == 201, answer.json
        self.settle()
        assert self.complete(self.link("invitation", email), nom, prenom).status == 200
        self.settle()
        return UUID(answer.json["delegation_id"])

    def confirm(self, adherent: UUID, by: UUID, email: str) -> None:
        """`by` confirms the only delegation of `email`, on the version that it has."""
        (row,) = [row for row in self.rows(adherent) if row["email"] == email]
        self.confirm_one(adherent, by, row["id"])

    def confirm_one(self, adherent: UUID, by: UUID, delegation_id: UUID) -> None:
        """`by` confirms a delegation, on the version that it has."""
        (row,) = [row for row in self.rows(adherent) if row["id"] == delegation_id]
        path = f"/v1/adherents/{adherent}/delegations/{delegation_id}"
        headers = {"If-Match": f'"{row["sequence"]}"'}
        answer = self.delegation.post(f"{path}/confirmation", as_=by, headers=headers)
        assert answer.status == 204, answer.json
        self.settle()
