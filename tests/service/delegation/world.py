"""A service with companies in it: imported, their founders identified, and short verbs for what people do."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from backbone.ids import new_id
from backbone.testing import Answer, ServiceUnderTest
from contracts.events.identity import ACCOUNT_UPDATED, BENEFICIARY_IDENTIFIED
from services.delegation.storage.tables import adherents, delegations
from tools.referential.numbers import siren, siret

TODAY = date(2026, 11, 23)
READ = {"mes_documents": "consultation"}
COLUMNS = (
    "caisse,identifiant_cibtp,raison_sociale,siren,administrateur_email,administrateur_nom,administrateur_prenom,"
    "cabinet_nom,cabinet_email,siret,site_nom,jour_echeance,premiere_periode"
)


def line(number: int = 1, site: int = 1, **changes: str) -> str:
    """The CSV line of a site of company `number`."""
    company = siren(10_000_000 + number)
    values = {
        "caisse": "IDF",
        "identifiant_cibtp": f"04{number:05}",
        "raison_sociale": f"ENTREPRISE {number}",
        "siren": company,
        "administrateur_email": f"patron{number}@example.com",
        "administrateur_nom": "Durand",
        "administrateur_prenom": "Paul",
        "cabinet_nom": "COMPTAGESTION",
        "cabinet_email": "contact@comptagestion.example.com",
        "siret": siret(company, site),
        "site_nom": f"Site {site}",
        "jour_echeance": "15",
        "premiere_periode": "2026-09",
    }
    return ",".join({**values, **changes}.values())


class World:
    """What people and machines do, in one word each."""

    def __init__(self, under: ServiceUnderTest) -> None:
        self.under = under
        self.accounts: dict[str, UUID] = {}
        # The newest version of each account, and its address then.
        self.versions: dict[UUID, tuple[int, str]] = {}

    # the caisse

    def send(self, *lines: str, first: int = 2, into: str | None = None, **options: Any) -> Answer:
        """Import CSV lines; a new import unless `into` one."""
        body = "\n".join([COLUMNS, *lines]).encode()
        return self.send_body(body, first=first, into=into, **options)

    def send_body(
        self, body: bytes, *, first: int = 2, into: str | None = None, format: str = "csv", **options: Any
    ) -> Answer:
        """Import raw bytes."""
        import_id = into or self.begin(format)
        types = {"csv": "text/csv", "jsonl": "application/x-ndjson"}
        path = f"/v1/imports/{import_id}/lines?first={first}"
        return self.under.post(path, data=body, content_type=types[format], machine=["referential:write"], **options)

    def begin(self, format: str = "csv") -> str:
        """Start an import; its id."""
        body = {"format": format, "name": "adherents.csv"}
        return str(self.under.post("/v1/imports", json=body, machine=["referential:write"]).json["import_id"])

    def company(self, number: int = 1, sites: int = 1) -> "Company":
        """An imported company whose founding administrator completed his account."""
        self.send(*(line(number, site) for site in range(1, sites + 1)))
        adherent_id = self.scalar(sa.select(adherents.c.id).where(adherents.c.identifiant == f"04{number:05}"))
        founder_id = self.scalar(sa.select(delegations.c.id).where(delegations.c.adherent_id == adherent_id))
        founder = self.identify(founder_id, f"patron{number}@example.com")
        return Company(self, adherent_id, founder, founder_id)

    # identity

    def account(self, email: str) -> UUID:
        """The account of an address."""
        return self.accounts.setdefault(email, new_id())

    def identify(
        self,
        delegation_id: UUID | str,
        email: str,
        *,
        nom: str = "Martin",
        prenom: str = "Claire",
        known: bool | None = None,
        version: int | None = None,
    ) -> UUID:
        """The beneficiary completed an account, or had one (`known`: if `email` has one by default); its id.

        `version`: an older one of the account, when this word of it was overtaken."""
        known = email in self.accounts if known is None else known
        account = self.account(email)
        newest, address = self.versions.get(account, (1, email))
        now = newest if address.casefold() == email.casefold() else newest + 1
        told = {"account_id": account, "email": email, "nom": nom, "prenom": prenom, "version": version or now}
        self.versions[account] = (now, email) if version is None else (newest, address)
        data = {"delegation_id": UUID(str(delegation_id)), **told, "already_known": known}
        self.under.deliver(BENEFICIARY_IDENTIFIED, data)
        return self.account(email)

    def rename(self, email: str, /, sequence: int = 2, **changes: Any) -> None:
        """The account of `email` changed."""
        state = {**ACCOUNT_UPDATED.load(ACCOUNT_UPDATED.example), "account_id": self.account(email), "email": email}
        state |= changes
        self.versions[state["account_id"]] = max(
            self.versions.get(state["account_id"], (0, "")), (sequence, state["email"])
        )
        self.under.deliver(ACCOUNT_UPDATED, state, sequence=sequence)

    def move(self, email: str, to: str, *, sequence: int) -> None:
        """The account of `email` proved another address and logs in with it from now on."""
        self.rename(email, sequence=sequence, email=to)
        self.accounts[to] = self.account(email)

    # what was announced, and what is stored

    def events(self) -> list[str]:
        """The types recorded since the last call, in order."""
        recorded = [event.type.removesuffix(".v1") for event in self.under.recorded()]
        self.under.clear()
        return recorded

    def event(self, type: str) -> Mapping[str, Any]:
        """The data of the one event of that type recorded since the last call."""
        (found,) = [event for event in self.under.recorded() if event.type == f"{type}.v1"]
        self.under.clear()
        return found.data

    def scalar(self, query: sa.Select[Any]) -> Any:
        """One value from the database."""
        with self.under.engine.connect() as connection:
            return connection.scalar(query)

    def execute(self, statement: Any) -> None:
        """Change the database behind the service's back."""
        with self.under.engine.begin() as connection:
            connection.execute(statement)


class Company:
    """One adhérent, its founder, and what its administrators do; by the founder unless `as_` another."""

    def __init__(self, world: World, adherent_id: UUID, founder: UUID, founder_delegation: UUID) -> None:
        self.world, self.id, self.founder, self.founder_delegation = world, adherent_id, founder, founder_delegation
        self.path = f"/v1/adherents/{adherent_id}"

    def ask(self, email: str = "comptable@example.com", *, as_: UUID | None = None, **changes: Any) -> Answer:
        """POST a delegation: consultation of the documents, all collèges, from today."""
        body = {
            "email": email,
            "kind": "cabinet",
            "starts_on": TODAY.isoformat(),
            "ends_on": None,
            "administrator": False,
            "colleges": ["ouvriers", "etam", "cadres"],
            "rights": {} if changes.get("administrator") else READ,
            **changes,
        }
        return self.world.under.post(f"{self.path}/delegations", json=body, as_=as_ or self.founder)

    def opened(self, email: str = "comptable@example.com", **changes: Any) -> str:
        """The id of a delegation that was accepted."""
        answer = self.ask(email, **changes)
        assert answer.status == 201, answer.json
        return str(answer.json["delegation_id"])

    def confirmed(
        self, email: str = "comptable@example.com", *, nom: str = "Martin", prenom: str = "Claire", **changes: Any
    ) -> str:
        """The id of a delegation opened, completed and confirmed."""
        delegation_id = self.opened(email, **changes)
        self.world.identify(delegation_id, email, nom=nom, prenom=prenom)
        assert self.act(delegation_id, "confirmation").status == 204
        return delegation_id

    def act(
        self, delegation_id: str | UUID, what: str, *, as_: UUID | None = None, version: int | None = 0, **body: Any
    ) -> Answer:
        """POST one of the acts, on its current version or on `version` (None: without)."""
        sent = {"json": body} if what in ("closing", "suspension") else {}
        seen = self.current(delegation_id) if version == 0 else version
        headers = {} if seen is None else {"If-Match": f'"{seen}"'}
        path = f"{self.path}/delegations/{delegation_id}/{what}"
        return self.world.under.post(path, as_=as_ or self.founder, headers=headers, **sent)

    def current(self, delegation_id: str | UUID) -> int:
        """The version of a delegation now, whoever asks."""
        query = sa.select(delegations.c.sequence).where(delegations.c.id == UUID(str(delegation_id)))
        return int(self.world.scalar(query) or 1)

    def see(self, delegation_id: str | UUID, *, as_: UUID | None = None) -> Answer:
        """GET one."""
        return self.world.under.get(f"{self.path}/delegations/{delegation_id}", as_=as_ or self.founder)

    def change(
        self, delegation_id: str | UUID, *, as_: UUID | None = None, version: int | None = None, **changes: Any
    ) -> Answer:
        """PUT one: what it is, with `changes`."""
        now = self.see(delegation_id, as_=as_).json
        names = ("starts_on", "ends_on", "administrator", "colleges", "rights")
        body = {**{name: now[name] for name in names}, **changes}
        headers = {"If-Match": f'"{version or now["version"]}"'}
        path = f"{self.path}/delegations/{delegation_id}"
        return self.world.under.put(path, json=body, as_=as_ or self.founder, headers=headers)

    def list(self, query: str = "", *, as_: UUID | None = None) -> Answer:
        """GET the beneficiaries."""
        return self.world.under.get(f"{self.path}/delegations?{query}", as_=as_ or self.founder)

    def sites_of(self, account: UUID) -> int:
        """How many sites of any company the account may choose now."""
        return int(self.world.under.get("/v1/sites", as_=account).json["total"])
