"""The sites déclarants an account may choose today (G58–G61): a page read in the order of an index."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.web import page_of
from services.delegation.queries.searching import each_word_in
from services.delegation.queries.usable_sites import SHOWN, usable
from services.delegation.storage.tables import adherents, site_access, sites

SORTS: Mapping[str, sa.Column[Any]] = {
    "raison_sociale": site_access.c.raison_key,
    "siret": site_access.c.siret,
    "nom": site_access.c.nom_key,
    "identifiant": site_access.c.identifiant,
}


def sites_page(
    connection: Connection,
    *,
    clock: Clock,
    account_id: UUID,
    search: str | None = None,
    sort: str = "raison_sociale",
    page: int = 1,
    page_size: int = 25,
) -> dict[str, Any]:
    """One page of the account's sites. `search`: words in raison sociale, SIRET, name or identifiant."""
    mine = [*usable(account_id, paris_day(clock.now())), *each_word_in(site_access.c.needle, search)]
    order = _order(sort)
    wanted = sa.select(site_access.c.site_id).where(*mine).order_by(*order)
    chosen = wanted.limit(page_size).offset((page - 1) * page_size)
    total = connection.scalar(sa.select(sa.func.count()).select_from(site_access).where(*mine)) or 0
    ids = list(connection.scalars(chosen))
    return page_of(_shown(connection, ids), total, page, page_size)


def _order(sort: str) -> list[sa.ColumnElement[Any]]:
    columns = dict.fromkeys((SORTS[sort.removeprefix("-")], site_access.c.siret, site_access.c.site_id))
    return [column.desc() if sort.startswith("-") else column.asc() for column in columns]


def _shown(connection: Connection, ids: list[UUID]) -> list[dict[str, Any]]:
    rows = connection.execute(sa.select(*SHOWN).join_from(sites, adherents).where(sites.c.id.in_(ids))).mappings()
    by_id = {row["site_id"]: dict(row) for row in rows}
    return [by_id[id] for id in ids]
