"""Real services over HTTP, and between them a bus carried by hand: each event waits until a test delivers it."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from joserfc.jwk import KeySet

from backbone.bus.port import Delivery
from backbone.clock import FixedClock
from backbone.messaging import outbox
from backbone.sealing import Opener, generate_keypair
from backbone.testing import Answer, ServiceUnderTest, tokens
from contracts import REGISTRY
from embedded.mailbox import Mailbox, body
from services.contact.app import build as build_contact
from services.contact.settings import Settings as ContactSettings
from services.delegation.app import build as build_delegation
from services.delegation.settings import Settings as DelegationSettings
from services.delegation.storage.tables import adherents, delegations
from services.dsn.app import build as build_dsn
from services.dsn.settings import Settings as DsnSettings
from services.identity.app import build as build_identity
from services.identity.settings import Settings as IdentitySettings
from services.notification.app import build as build_notification
from services.notification.settings import Settings as NotificationSettings
from tests.service.delegation.world import READ, TODAY, World, line

PASSWORD = "Vélo-grimpe 7 cols"
PRIVATE, PUBLIC = generate_keypair()
NAMES = ("identity", "delegation", "notification")


class Together:
    """The services of `names`, each on its database of `urls`, and the habitual gestures of people."""

    def __init__(self, urls: Callable[[str], str], folder: Path, clock: FixedClock, names: tuple[str, ...] = NAMES):
        self.clock, self._opener = clock, Opener(PRIVATE)
        self._mailbox = Mailbox(folder)
        made = {
            "identity": (build_identity, IdentitySettings, self._of_identity()),
            "delegation": (build_delegation, DelegationSettings, {}),
            "notification": (build_notification, NotificationSettings, self._of_notification(folder)),
            "dsn": (build_dsn, DsnSettings, {"opening_grace_days": 0}),
            "contact": (build_contact, ContactSettings, self._of_contact(folder)),
        }
        self.services = {
            name: ServiceUnderTest(
                made[name][0],
                made[name][1].of(database_url=urls(name), broker_url="embedded:", **made[name][2]),
                clock=clock,
            )
            for name in names
        }
        self.identity, self.delegation = self.services["identity"], self.services["delegation"]
        self.world = World(self.delegation)
        self.waiting: list[tuple[str, Delivery]] = []
        self.received: list[tuple[str, Delivery]] = []
        self.links: list[tuple[str, str, str]] = []

    @staticmethod
    def _of_identity() -> dict[str, Any]:
        keys = json.dumps(KeySet([tokens.KEY]).as_dict(private=True))
        return {
            "signing_keys": keys,
            "notification_public_key": PUBLIC,
            "hashing_memory_kib": 64,
            "hashing_passes": 1,
            "hashing_slots": 8,
        }

    @staticmethod
    def _of_notification(folder: Path) -> dict[str, Any]:
        return {
            "mail_url": f"maildir:{folder / 'mailbox'}",
            "sms_url": f"files:{folder / 'sms'}",
            "sealing_private_key": PRIVATE,
            "public_url": "https://espace.example.com",
        }

    @staticmethod
    def _of_contact(folder: Path) -> dict[str, Any]:
        return {"files_folder": str(folder / "files"), "sealing_public_key": PUBLIC}

    # the bus

    def collect(self) -> None:
        """Take what was recorded to the bus: one delivery for each consumer that is here. Links are read on the way."""
        for service in self.services.values():
            for event in service.recorded():
                self.read(event)
            with service.engine.begin() as connection:
                rows = outbox.take(connection, 10_000, self.clock.now())
                outbox.remove(connection, [row.position for row in rows])
            for row in rows:
                card = REGISTRY.cards[row.type]
                told = Delivery(row.headers, row.body, card.type, card.producer, False, None)
                self.waiting += [(name, told) for name, one in self.services.items() if row.type in one.service.listens]

    def deliver(self, number: int = 0) -> None:
        """Give the delivery `number` of those that wait to its consumer."""
        name, told = self.waiting.pop(number)
        self.received.append((name, told))
        outcome = self.services[name].take([told])
        assert not (outcome.failed or outcome.parked), (told.routing_key, outcome, self.services[name].errors())
        self.collect()

    def settle(self) -> None:
        """Deliver everything in order, with what it causes, and run the jobs that were woken."""
        for _ in range(3):
            self.collect()
            while self.waiting:
                self.deliver()
            self.minute()

    def minute(self) -> None:
        """The jobs of identity that run each minute or when woken."""
        for name in ("answer_resets", "lapse_identifiers", "invite_waiting"):
            if name in self.identity.service.jobs:
                self.identity.run_job(name)
        self.collect()

    def wait(self, **delay: float) -> None:
        """Time passes, and everything has settled before and after."""
        self.settle()
        self.clock.advance(timedelta(**delay))
        self.settle()

    def read(self, event: Any) -> None:
        """Keep the links that an event carries, by who reads them."""
        for name in ("sealed", "sealed_activation", "sealed_undo"):
            if event.data.get(name):
                reader = event.data.get("new_email" if name == "sealed_activation" else "email", "")
                purpose = {"sealed": event.type.split(".")[0]}.get(name, name)
                self.links.append((purpose, reader, self._opener.open(event.data[name]).get("token", "")))

    # people

    def post(self, path: str, json: Any = None, **options: Any) -> Answer:
        """POST to identity from some client address."""
        return self.identity.post(f"/v1{path}", json=json, headers={"X-Forwarded-For": "192.0.2.1"}, **options)

    def link(self, purpose: str, email: str) -> str | None:
        """The newest link of `purpose` that was made for the mailbox `email`."""
        self.collect()
        found = [token for what, reader, token in self.links if (what, reader) == (purpose, email)]
        return found[-1] if found else None

    def mails(self, email: str) -> list[str]:
        """The texts of what the mailbox `email` received, oldest first."""
        self.settle()
        self.services["notification"].run_job("send_emails")
        return [body(one, "plain") for _, one in self._mailbox.emails() if email == str(one["To"])]

    def mailed(self, purpose: str, email: str) -> str | None:
        """The token of the newest link `/lien/<purpose>/…` that the mailbox `email` received."""
        found = [token for text in self.mails(email) for token in re.findall(rf"/lien/{purpose}/([\w-]+)", text)]
        return str(found[-1]) if found else None

    def complete(self, token: str | None, nom: str = "Martin", prenom: str = "Claire") -> Answer:
        """The form behind an invitation."""
        form = {
            "token": token or "",
            "mot_de_passe": PASSWORD,
            "confirmation": PASSWORD,
            "nom": nom,
            "prenom": prenom,
            "telephone_fixe": None,
            "telephone_mobile": None,
            "newsletter": False,
        }
        return self.post("/invitations/complete", form)

    def login(self, email: str, password: str = PASSWORD) -> Answer:
        """Log in."""
        return self.post("/sessions", {"email": email, "mot_de_passe": password})

    def accept(self, email: str) -> list[int]:
        """Who has the account of `email` logs in and accepts all that waits for him: how each was answered."""
        answer = self.login(email)
        if answer.status != 201:
            return []
        token = answer.json["access_token"]
        items = self.identity.get("/v1/account/invitations?page_size=100", token=token).json["items"]
        paths = [f"/account/invitations/{one['delegation_id']}/acceptance" for one in items]
        answers = [self.post(path, token=token).status for path in paths]
        self.collect()
        return answers

    def change(self, email: str, to: str) -> Answer:
        """« Modifier identifiant »."""
        token = self.login(email).json["access_token"]
        body = {"email": to, "mot_de_passe_actuel": PASSWORD}
        answer = self.post("/account/identifier", body, token=token)
        self.settle()
        return answer

    def prove(self, email: str) -> Answer:
        """The reader of the mailbox `email` proves it."""
        answer = self.post("/identifier-changes/activation", {"token": self.link("sealed_activation", email) or ""})
        self.settle()
        return answer

    def undo(self, email: str) -> Answer:
        """The reader of the mailbox `email` undoes a change."""
        answer = self.post("/identifier-changes/undo", {"token": self.link("sealed_undo", email) or ""})
        self.settle()
        return answer

    # the caisse and its companies

    def import_founder(self, email: str, number: int = 1) -> UUID:
        """The referential names `email` as the founding administrator of company `number`; the adhérent's id."""
        answer = self.world.send(line(number, administrateur_email=email))
        assert answer.status == 200 and not answer.json["rejected"], answer.json
        query = sa.select(adherents.c.id).where(adherents.c.identifiant == f"04{number:05}")
        return UUID(str(self.world.scalar(query)))

    def founded(self, email: str, number: int = 1) -> tuple[UUID, UUID]:
        """Company `number`, whose founder `email` is in: (adhérent, his account)."""
        adherent = self.import_founder(email, number)
        self.settle()
        assert self.complete(self.link("invitation", email), "Durand", "Paul").status == 200
        self.settle()
        return adherent, self.account_of(email)

    def account_of(self, email: str) -> UUID:
        """The account that has this address."""
        with self.identity.engine.connect() as connection:
            query = sa.text("SELECT account_id FROM accounts WHERE email_key = :key")
            return UUID(str(connection.execute(query, {"key": email.casefold()}).scalar_one()))

    def delegate(self, adherent: UUID, by: UUID, email: str, **changes: Any) -> Answer:
        """An administrator delegates to an address."""
        order = {
            "email": email,
            "kind": "cabinet",
            "starts_on": TODAY.isoformat(),
            "ends_on": None,
            "administrator": False,
            "colleges": ["ouvriers", "etam", "cadres"],
            "rights": READ,
            **changes,
        }
        return self.delegation.post(f"/v1/adherents/{adherent}/delegations", json=order, as_=by)

    def rows(self, adherent: UUID) -> list[dict[str, Any]]:
        """What delegation holds of an adhérent, oldest first."""
        query = sa.select(delegations).where(delegations.c.adherent_id == adherent).order_by(delegations.c.opened_at)
        with self.delegation.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query.order_by(delegations.c.id)).mappings()]

    def close(self) -> None:
        """Give the databases back."""
        for service in self.services.values():
            service.close()
