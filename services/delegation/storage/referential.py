"""Adhérents and sites as the import reads and writes them: whole chunks, a statement for each table."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.messaging.announcing import page
from backbone.store.database import upsert
from contracts.rules.folding import fold
from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.referential import AdherentColumns, SiteColumns
from services.delegation.domain.referential_merge import Key, Known
from services.delegation.storage.delegations import lock
from services.delegation.storage.import_tables import imports
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import adherents, delegations, sites

COLUMNS = tuple(AdherentColumns.__dataclass_fields__)
SITE = tuple(SiteColumns.__dataclass_fields__)


def one_at_a_time(connection: Connection) -> None:
    """Hold the oldest import: chunks of two imports that bring the same new adhérent must not cross."""
    oldest = sa.select(imports.c.id).order_by(imports.c.started_at, imports.c.id).limit(1)
    connection.execute(oldest.with_for_update())


def known_adherents(connection: Connection, keys: Collection[Key]) -> dict[Key, Known]:
    """What the system has of these adhérents, held."""
    named = adherents.c.identifiant.in_({identifiant for _, identifiant in keys})
    ids = connection.scalars(sa.select(adherents.c.id).where(named)).all()
    lock(connection, ids)
    rows = connection.execute(sa.select(adherents).where(adherents.c.id.in_(ids))).mappings().all()
    found = _known(connection, rows)
    return {one.columns.key: one for one in found if one.columns.key in keys}


def next_adherents(connection: Connection, after: UUID | None, limit: int) -> list[Known]:
    """The next adhérents by id, with their sites."""
    rows = page(connection, sa.select(adherents), adherents.c.id, after, limit)
    return _known(connection, [row._mapping for row in rows])


def _known(connection: Connection, rows: Sequence[RowMapping]) -> list[Known]:
    mine = _sites(connection, [row["id"] for row in rows])
    return [
        Known(
            row["id"],
            row["sequence"],
            row["import_id"],
            AdherentColumns(**{name: row[name] for name in COLUMNS}),
            mine.get(row["id"], {}),
        )
        for row in rows
    ]


def founders(connection: Connection, adherent_ids: Collection[UUID]) -> dict[UUID, list[Delegation]]:
    """The delegations of the founding administrators of these adhérents, those that are over included."""
    query = sa.select(delegations).where(
        delegations.c.adherent_id.in_(list(adherent_ids)), delegations.c.kind == str(Kind.FONDATEUR)
    )
    found: dict[UUID, list[Delegation]] = {}
    for row in connection.execute(query.order_by(delegations.c.opened_at)).mappings() if adherent_ids else ():
        found.setdefault(row["adherent_id"], []).append(delegation_of(row))
    return found


def write_adherents(connection: Connection, rows: Sequence[tuple[UUID, int, UUID, AdherentColumns]]) -> None:
    """Insert or overwrite adhérents: id, sequence, the import that says so, and their columns."""
    values = [
        {
            "id": id,
            "sequence": sequence,
            "import_id": import_id,
            "raison_key": fold(columns.raison_sociale),
            **{name: getattr(columns, name) for name in COLUMNS},
        }
        for id, sequence, import_id, columns in rows
    ]
    upsert(connection, adherents, values, key=("id",))


def write_sites(connection: Connection, rows: Sequence[tuple[UUID, UUID, SiteColumns]]) -> None:
    """Insert or overwrite sites: id, adhérent, columns."""
    values = [
        {
            "id": id,
            "adherent_id": adherent_id,
            "nom_key": fold(site.nom),
            **{name: getattr(site, name) for name in SITE},
        }
        for id, adherent_id, site in rows
    ]
    upsert(connection, sites, values, key=("id",), fixed=("adherent_id",))


def _sites(connection: Connection, adherent_ids: Collection[UUID]) -> dict[UUID, dict[str, tuple[UUID, SiteColumns]]]:
    found: dict[UUID, dict[str, tuple[UUID, SiteColumns]]] = {}
    query = sa.select(sites).where(sites.c.adherent_id.in_(list(adherent_ids)))
    for row in connection.execute(query.order_by(sites.c.siret)).mappings() if adherent_ids else ():
        found.setdefault(row["adherent_id"], {})[row["siret"]] = (row["id"], _site_of(row))
    return found


def _site_of(row: RowMapping) -> SiteColumns:
    return SiteColumns(**{name: row[name] for name in SITE})
