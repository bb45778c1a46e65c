"""What the measures of dsn share: a PostgreSQL, the migrated service, and sites with their declared months."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from backbone.clock import FixedClock
from backbone.ids import new_id
from backbone.rights.access import table as access_table
from backbone.shape.service import Service
from backbone.store import migrations
from services.dsn.app import build
from services.dsn.settings import Settings
from services.dsn.storage.tables import adherent, site
from tests.support.postgres import LocalPostgres, start_postgres
from tools.dsn_synth.identifiers import siret, with_key

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
ACCOUNT = UUID("01930000-0000-7000-8000-0000000000c1")
ADHERENT = UUID("01930000-0000-7000-8000-0000000000d1")
A_FIRM = 1000  # establishments that may have one SIREN
# One declaration, and the answer that accepts it, for each site and month of a range: what the sweep reads.
DECLARED = """INSERT INTO declaration (identity, digest, siret, period, nature, type, fraction, fractions, order_no,
    is_test, declarant, norm, filed_at, deposited_at, received_at, individuals, fund_codes, absences, exit_requested,
    flow_id, flow_rank, import_id, warnings)
  SELECT md5(s.siret || m.p), md5(s.siret || m.p), s.siret, m.p, '01', '01', 1, 1, 1,
    false, '', 'P26V01', NULL, m.at, m.at, 3, '{"BTPIDF": 3}', '[]', false,
    md5(s.siret || m.p), '1', gen_random_uuid(), '[]'
  FROM site s, (SELECT to_char(d, 'YYYY-MM') AS p, d + interval '34 days' AS at FROM generate_series(
    timestamptz '2026-10-01' - make_interval(months => %(months)s - 1), timestamptz '2026-10-01', '1 month') AS d) m"""
ANSWERED = """INSERT INTO crm (identity, flow_id, flow_rank, organism, status, code, errors, published_at, import_id)
  SELECT identity, flow_id, '1', 'CIBTP', 'OK', 0, 0, received_at + interval '2 days', import_id FROM declaration"""


@dataclass(frozen=True)
class World:
    """The server, the service on a database of its own, and its sites by their SIRET."""

    postgres: LocalPostgres
    database: str
    service: Service
    sirets: Sequence[str]

    def sql(self, *statements: str, **values: object) -> None:
        """Run `statements` by a bare client."""
        with self.postgres.connect(self.database) as connection:
            for statement in statements:
                connection.execute(statement, values or None)  # type: ignore[arg-type]


@contextmanager
def open_world(sites: int, first_period: str) -> Iterator[World]:
    """The service with `sites` sites of one adhérent whose life begins with `first_period`."""
    folder = Path(tempfile.mkdtemp(prefix="benchmarks-dsn-"))
    postgres = start_postgres(folder / "postgres")
    try:
        settings = Settings.of(database_url=postgres.create_database("dsn"), broker_url="embedded:")
        service = build(settings, clock=FixedClock(NOW))
        migrations.migrate(service.engine, service.migrations)
        sirets = [siret(with_key(str(73282932 + number // A_FIRM)), number % A_FIRM) for number in range(sites)]
        _fill(service, sirets, first_period)
        yield World(postgres, "dsn", service, sirets)
        service.engine.dispose()
    finally:
        postgres.destroy()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(service: Service, sirets: Sequence[str], first_period: str) -> None:
    same = {
        "adherent_id": ADHERENT, "sequence": 1, "caisse": "IDF", "identifiant": "0412345", "due_day": 15,
        "raison_sociale": "ENTREPRISE DURAND", "siren": "732829320", "nom": "Siège", "first_period": first_period,
        "raison_sociale_key": "entreprise durand", "nom_key": "siege", "search_key": "entreprise durand siege",
        "opened_at": NOW - timedelta(days=2000), "due_days": [[(NOW - timedelta(days=2000)).isoformat(), 15]],
    }  # fmt: skip
    with service.engine.begin() as connection:
        connection.execute(sa.insert(adherent).values(adherent_id=ADHERENT, sequence=1))
        connection.execute(sa.insert(site), [{**same, "site_id": new_id(), "siret": one} for one in sirets])
        connection.execute(sa.insert(access_table()).values(**_access()))


def _access() -> dict[str, object]:
    """The one account that may see all of it."""
    return {
        "grant_id": new_id(), "account_id": ACCOUNT, "tenant_id": ADHERENT, "sequence": 1, "administrator": True,
        "rights": {}, "scopes": [], "starts_on": NOW.date(), "open": True,
    }  # fmt: skip
