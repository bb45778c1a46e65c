"""One identity service on an empty database, and what its tests do again and again."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from joserfc.jwk import KeySet

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.sealing import Opener, generate_keypair
from backbone.secrets import digest
from backbone.store import migrations
from backbone.store.engines import make_engine
from backbone.testing import Answer, ServiceUnderTest, tokens
from contracts import REGISTRY
from services.identity import app
from services.identity.app import build
from services.identity.settings import Settings
from services.identity.storage.tables import METADATA

PASSWORD = "Vélo-grimpe 7 cols"
OTHER = "Une autre phrase 8!"
MACHINE_SECRET = "a-secret-of-the-tests-and-of-nothing-else"
FOLDER = Path(app.__file__).parent / "migrations"
PRIVATE, PUBLIC = generate_keypair()


@dataclass
class Identity:
    """The service and its habitual gestures. `forwarded` is the client's address."""

    under: ServiceUnderTest
    clock: FixedClock
    forwarded: str = "192.0.2.1"
    opener: Opener = field(default_factory=lambda: Opener(PRIVATE))

    def post(self, path: str, body: Any = None, *, ip: str | None = None, **options: Any) -> Answer:
        headers = {"X-Forwarded-For": ip or self.forwarded, **options.pop("headers", {})}
        return self.under.post(f"/v1{path}", json=body, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Answer:
        return self.under.get(f"/v1{path}", **options)

    def put(self, path: str, body: Any, *, version: int | None = None, **options: Any) -> Answer:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.under.put(f"/v1{path}", json=body, headers=headers, **options)

    def state(self, email: str, **changes: Any) -> dict[str, Any]:
        card = REGISTRY.cards["delegation.opened.v1"]
        state = card.load(card.example)
        adherent = {**state["adherent"], "adherent_id": changes.pop("adherent_id", state["adherent"]["adherent_id"])}
        person = {"email": email, "account_id": changes.pop("account_id", None), "nom": None, "prenom": None}
        return {**state, "delegation_id": new_id(), "adherent": adherent, "beneficiary": person, **changes}

    def opened(self, email: str = "claire@example.com", **changes: Any) -> dict[str, Any]:
        """A delegation to `email` is opened; its state."""
        state = self.state(email, **changes)
        self.under.deliver(REGISTRY.cards["delegation.opened.v1"], state)
        return state

    def announce(self, type: str, state: dict[str, Any], sequence: int, **changes: Any) -> None:
        """The same delegation goes on: confirmed, refused, closed."""
        known = REGISTRY.cards[type].schema().fields
        data = {name: value for name, value in {**state, **changes}.items() if name in known}
        self.under.deliver(REGISTRY.cards[type], data, sequence=sequence)

    def sealed(self, type: str) -> list[dict[str, Any]]:
        """What was sealed in the recorded events of `type` that carry a secret, in order."""
        return [self.opener.open(event.data["sealed"]) for event in self.recorded(type) if "sealed" in event.data]

    def recorded(self, type: str | None = None) -> list[Any]:
        return [event for event in self.under.recorded() if type in (None, event.type)]

    def told(self, type: str) -> list[str]:
        """The addresses that events of `type` are about."""
        return [event.data["email"] for event in self.recorded(type)]

    def accounts(self) -> list[tuple[str, str, str]]:
        """(account, address, key of the address) of every row."""
        with self.under.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT account_id, email, email_key FROM accounts ORDER BY email_key")
            return [(str(row[0]).replace("-", ""), row[1], row[2]) for row in rows]

    def link(self, type: str = "invitation.issued.v1") -> str:
        """The newest token that was mailed."""
        return str(self.sealed(type)[-1]["token"])

    def complete(self, token: str, **changes: Any) -> Answer:
        form = {
            "token": token,
            "mot_de_passe": PASSWORD,
            "confirmation": PASSWORD,
            "nom": "Martin",
            "prenom": "Claire",
            "telephone_fixe": None,
            "telephone_mobile": "06 12 34 56 78",
            "newsletter": True,
            **changes,
        }
        return self.post("/invitations/complete", form)

    def active(self, email: str = "claire@example.com", **form: Any) -> UUID:
        """An account that was invited, completed and confirmed; the outbox is emptied."""
        state = self.opened(email)
        assert self.complete(self.link(), **form).status == 200
        account_id = self.recorded("beneficiary.identified.v1")[-1].data["account_id"]
        person = {"email": email, "account_id": account_id, "nom": "Martin", "prenom": "Claire"}
        self.announce("delegation.confirmed.v1", state, 3, beneficiary=person, confirmed_at=self.clock.now())
        self.under.clear()
        return UUID(str(account_id))

    def offers(self, email: str = "claire@example.com") -> list[Any]:
        """What waits until the owner of the account at `email`, logged in, accepts it."""
        me = self.account_of(email)
        return list(self.get("/account/invitations?page_size=100", as_=me).json["items"])

    def accept(self, email: str = "claire@example.com") -> list[int]:
        """He accepts all of it: how each was answered."""
        me = self.account_of(email)
        paths = [f"/account/invitations/{one['delegation_id']}/acceptance" for one in self.offers(email)]
        return [self.post(path, as_=me).status for path in paths]

    def by_link(self) -> dict[UUID, int]:
        """Every link that was mailed is used to accept, as whoever cannot log in yet does: what each answered."""
        issued = self.recorded("invitation.issued.v1")
        tokens = {one.data["delegation_id"]: self.opener.open(one.data["sealed"])["token"] for one in issued}
        return {id: self.post("/invitations/accept", {"token": token}).status for id, token in tokens.items()}

    def account_of(self, email: str) -> UUID:
        """The account that has this address."""
        (found,) = [account for account, _, key in self.accounts() if key == email.casefold()]
        return UUID(found)

    def login(self, email: str = "claire@example.com", password: str = PASSWORD, *, ip: str | None = None) -> Answer:
        return self.post("/sessions", {"email": email, "mot_de_passe": password}, ip=ip)

    def asked_reset(self, email: str = "claire@example.com") -> Answer:
        """« Mot de passe oublié ? », and the job that answers it."""
        answer = self.post("/password-resets", {"email": email})
        self.under.run_job("answer_resets")
        return answer

    def renew(self, family: str, token: str) -> Answer:
        """A dead link of `family` asks for a new one, and the job that answers it."""
        answer = self.post(f"{family}/renew", {"token": token})
        self.under.run_job("answer_renewals")
        return answer

    def ask_identifier(
        self, token: str, email: str = "martin@example.com", password: str = PASSWORD, **options: Any
    ) -> Answer:
        """« Modifier identifiant »."""
        body = {"email": email, "mot_de_passe_actuel": password}
        return self.post("/account/identifier", body, token=token, **options)

    def changing(self, email: str = "martin@example.com") -> tuple[str, str]:
        """Claire's change to `email` has begun: the tokens of its links, for the new address and for the former."""
        self.active()
        assert self.ask_identifier(self.login().json["access_token"], email).status == 202
        return self.change_links()

    def change_links(self) -> tuple[str, str]:
        data = self.recorded("identifier_change.requested.v1")[-1].data
        activation, undo = (self.opener.open(data[name])["token"] for name in ("sealed_activation", "sealed_undo"))
        return str(activation), str(undo)

    def activate(self, link: str) -> Answer:
        return self.post("/identifier-changes/activation", {"token": link})

    def undo(self, link: str) -> Answer:
        return self.post("/identifier-changes/undo", {"token": link})

    def undo_and_choose(self, link: str) -> None:
        """Undo, which ends the password, and choose the same one again with the link of that mail."""
        assert self.undo(link).status == 204
        form = {"token": self.link("identifier_change.undone.v1"), "mot_de_passe": PASSWORD, "confirmation": PASSWORD}
        assert self.post("/password-resets/complete", form).status == 204

    def certify(self, account_id: UUID, code: str) -> Answer:
        return self.post("/account/mobile/certification", {"code": code}, as_=account_id)

    def wait(self, **delay: float) -> None:
        self.clock.advance(timedelta(**delay))


@pytest.fixture(scope="session")
def prepared() -> Callable[[str, Callable[[], str]], str]:
    """A migrated database that the tests of this folder share: making one costs more than most of them."""
    urls: dict[str, str] = {}

    def make(kind: str, create: Callable[[], str]) -> str:
        if kind not in urls:
            urls[kind] = create()
            migrations.migrate(make_engine(urls[kind]), FOLDER)
        return urls[kind]

    return make


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, prepared: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database whose tables are empty."""
    if request.param == "sqlite":
        url = prepared("sqlite", lambda: f"sqlite:///{tmp_path_factory.mktemp('identity') / 'service.db'}")
    else:
        url = prepared("postgresql", request.getfixturevalue("postgres").create_database)
    engine = make_engine(url)
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
    return str(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Real settings; hashing is made cheap."""
    clients = tmp_path / "clients.json"
    entry = {
        "client_id": "referentiel",
        "secret_hash": digest(MACHINE_SECRET),
        "scopes": ["dsn:write", "referential:write"],
    }
    clients.write_text(json.dumps([entry]))
    return Settings.of(
        database_url=database_url,
        broker_url="embedded:",
        signing_keys=json.dumps(KeySet([tokens.KEY]).as_dict(private=True)),
        notification_public_key=PUBLIC,
        machine_clients_file=str(clients),
        hashing_memory_kib=64,
        hashing_passes=1,
        hashing_slots=8,
        database_pool=30,
    )


@pytest.fixture
def identity(settings: Settings, clock: FixedClock) -> Iterator[Identity]:
    """The service under test."""
    under = ServiceUnderTest(build, settings, clock=clock)
    yield Identity(under, clock)
    under.close()
