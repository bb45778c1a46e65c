"""What the measure of pages stands on: a PostgreSQL; identity, delegation and dsn; two companies, few and many."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from joserfc.jwk import KeySet

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.rights.access import table as access_table
from backbone.sealing import generate_keypair
from backbone.shape.service import Service
from backbone.testing import ServiceUnderTest, tokens
from benchmarks.lists import FEW, NOW, TODAY, staffed
from contracts.words.statuses import AccountStatus
from services.delegation.app import build as delegation
from services.delegation.settings import Settings as Delegation
from services.delegation.storage.tables import site_access, sites
from services.dsn.app import build as dsn
from services.dsn.domain.site import Patience
from services.dsn.settings import Settings as Dsn
from services.dsn.storage.tables import adherent, site
from services.dsn.use_cases.sweep_sites import sweep_sites
from services.identity.app import build as identity
from services.identity.domain.ports import Hasher
from services.identity.settings import Settings as Identity
from services.identity.storage.tables import accounts
from tests.service.delegation.world import Company, World
from tests.support.postgres import start_postgres
from tools.referential.numbers import siren, siret

BROKER, PASSWORD = "embedded:", "Velo-grimpe 7 cols"
LONG_AGO = NOW - timedelta(days=2000)


@dataclass(frozen=True)
class Visitor:
    """Somebody logged in, the company that he administers and one of its sites."""

    account_id: UUID
    session: str
    adherent_id: UUID
    site_id: UUID


@dataclass(frozen=True)
class Stage:
    """The services by name; who opens pages, by size: « few » of 50 sites and beneficiaries, « many » of as many as
    asked."""

    services: Mapping[str, Service]
    visitors: Mapping[str, Visitor]

    def database(self, name: str) -> str:
        """The address of a service's database, for a bare client."""
        url = self.services[name].engine.url.set(drivername="postgresql")
        return str(url.render_as_string(hide_password=False))


@contextmanager
def open_stage(sites_of_many: int, people_of_many: int) -> Iterator[Stage]:
    """The services on databases of their own, filled."""
    folder, clock = Path(tempfile.mkdtemp(prefix="benchmarks-pages-")), FixedClock(NOW)
    postgres = start_postgres(folder / "postgres")
    try:
        common = {name: {"database_url": postgres.create_database(name), "broker_url": BROKER} for name in BUILD}
        keys = {
            "signing_keys": json.dumps(KeySet([tokens.KEY]).as_dict(private=True)),
            "notification_public_key": generate_keypair()[1],
        }
        settings = {
            "identity": Identity.of(**common["identity"], **keys),
            "delegation": Delegation.of(**common["delegation"]),
            "dsn": Dsn.of(**common["dsn"]),
        }
        under = {name: ServiceUnderTest(BUILD[name], settings[name], clock=clock) for name in BUILD}
        services = {name: one.service for name, one in under.items()}
        world = World(under["delegation"])
        visitors = {
            "few": _visitor(world, under["identity"], services["dsn"], 1, FEW, FEW),
            "many": _visitor(world, under["identity"], services["dsn"], 2, sites_of_many, people_of_many),
        }
        sweep_sites(units=services["dsn"].unit, patience=services["dsn"].port(Patience))
        for one in services.values():
            with one.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        yield Stage(services, visitors)
        for one in under.values():
            one.close()
    finally:
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


BUILD: Mapping[str, Any] = {"identity": identity, "delegation": delegation, "dsn": dsn}


def _visitor(
    world: World, people: ServiceUnderTest, watch: Service, number: int, site_count: int, people_count: int
) -> Visitor:
    company = staffed(world, number, people_count)
    found = _many_sites(world, company, number, site_count)
    _watched(watch, company, number, found)
    return Visitor(company.founder, _logged_in(people, company.founder, number), company.id, found[0]["id"])


def _many_sites(world: World, company: Company, number: int, count: int) -> list[dict[str, Any]]:
    """The sites of `company`: its one and copies of it under other numbers, open to its founder alone."""
    with world.under.engine.begin() as connection:
        one = connection.execute(sa.select(sites).where(sites.c.adherent_id == company.id)).mappings().one()
        mine = sa.select(site_access).where(site_access.c.account_id == company.founder)
        door = connection.execute(mine).mappings().one()
        numbers = [siret(siren(20_000_000 + number * 1000 + at // 1000), at % 1000 + 1) for at in range(count - 1)]
        copies = [{**one, "id": new_id(), "siret": another} for another in numbers]
        connection.execute(sa.insert(sites), copies)
        doors = [{**door, "site_id": copy["id"], "siret": copy["siret"]} for copy in copies]
        connection.execute(sa.insert(site_access), doors)
    return [dict(one), *copies]


def _watched(service: Service, company: Company, number: int, found: list[dict[str, Any]]) -> None:
    """The same sites as dsn knows them, and the founder's access."""
    with service.engine.begin() as connection:
        connection.execute(sa.insert(adherent).values(adherent_id=company.id, sequence=1))
        same = {
            "adherent_id": company.id, "sequence": 1, "caisse": "IDF", "identifiant": f"04{number:05}", "due_day": 15,
            "raison_sociale": f"ENTREPRISE {number}", "siren": siren(10_000_000 + number), "first_period": "2026-07",
            "raison_sociale_key": f"entreprise {number}", "nom_key": "site 1",
            "search_key": f"entreprise {number} site 1", "opened_at": LONG_AGO,
            "due_days": [[LONG_AGO.isoformat(), 15]],
        }  # fmt: skip
        rows = [{**same, "site_id": one["id"], "siret": one["siret"], "nom": one["nom"]} for one in found]
        connection.execute(sa.insert(site), rows)
        access = {
            "grant_id": company.founder_delegation, "account_id": company.founder, "tenant_id": company.id,
            "sequence": 1, "administrator": True, "rights": {}, "scopes": [], "starts_on": TODAY, "open": True,
        }  # fmt: skip
        connection.execute(sa.insert(access_table()).values(**access))


def _logged_in(people: ServiceUnderTest, account_id: UUID, number: int) -> str:
    """The session of an account that logs in."""
    email = f"patron{number}@example.com"
    row = {
        "account_id": account_id, "email": email, "email_key": email, "status": AccountStatus.ACTIF, "nom": "Durand",
        "password_hash": people.service.port(Hasher).hash(PASSWORD), "prenom": "Paul", "newsletter": False,
        "version": 1, "created_at": NOW,
    }  # fmt: skip
    with people.engine.begin() as connection:
        connection.execute(sa.insert(accounts).values(**row))
    body = {"email": email, "mot_de_passe": PASSWORD, "browser": f"token-of-the-browser-{number}"}
    return str(people.post("/v1/sessions", json=body).json["session"])
