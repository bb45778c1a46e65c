"""The sites déclarants an account may choose today (G58–G61): a page read in the order of an index."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.web import page_of
from contracts.rules.folding import fold
from services.delegation.queries.searching import LONGEST, containing
from services.delegation.queries.usable_sites import SHOWN, usable
from services.delegation.storage.tables import adherents, site_access, sites

SORTS: Mapping[str, sa.Column[Any]] = {
    "raison_sociale": site_access.c.raison_key,
    "siret": site_access.c.siret,
    "nom": site_access.c.nom_key,
    "identifiant": site_access.c.identifiant,
}


_NAMES = tuple(column.key for column in SHOWN)
_BY = len(_NAMES) + 1  # behind the total: what the page is sorted by and does not show
_THERE = {"site_id": 0, "siret": 1}  # what it shows, and is sorted by


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
    words = fold((search or "")[:LONGEST]).split()
    asked = _asked(sort, len(words))
    known: dict[str, Any] = {"account_id_": account_id, "day": paris_day(clock.now())}
    known |= {f"word{number}": containing(word) for number, word in enumerate(words)}
    window = {"most": page_size, "before": (page - 1) * page_size}
    # The window was cut in order; what is joined to it may come in any, and keys compare here as they do there ("C").
    rows = sorted(connection.execute(asked.page, known | window).all(), key=asked.by, reverse=sort.startswith("-"))
    # Each line says the total; a page after the last one has no line.
    total = rows[0].total if rows else int(connection.scalar(asked.total, known) or 0) if page > 1 else 0
    return page_of([dict(zip(_NAMES, row, strict=False)) for row in rows], total, page, page_size)


class _Asked(NamedTuple):
    """The page, each line with how many there are in all, and that number alone; `by`: what a line is sorted by."""

    page: sa.Select[Any]
    total: sa.Select[Any]
    by: Callable[[Any], Any]


@lru_cache(maxsize=256)
def _asked(sort: str, words: int) -> _Asked:
    """The statements of a sort and a number of words, built once (decision 49)."""
    mine = list(usable(sa.bindparam("account_id_", type_=sa.Uuid), sa.bindparam("day", type_=sa.Date)))
    for number in range(words):
        pattern = sa.bindparam(f"word{number}", type_=sa.Text)
        mine.append(site_access.c.needle.like(pattern, escape="/"))
    total = sa.select(sa.func.count()).select_from(site_access).where(*mine)
    limit, offset = (sa.bindparam(name, type_=sa.Integer) for name in ("most", "before"))
    # The window is cut in the order of the index before anything is joined to it.
    cut = sa.select(*dict.fromkeys((site_access.c.site_id, *_sorted_by(sort)))).where(*mine)
    chosen = cut.order_by(*_order(sort)).limit(limit).offset(offset).subquery("chosen")
    keys = [one.key for one in _sorted_by(sort)]
    more = [chosen.c[key].label("sorted_by") for key in keys if key not in _THERE]
    page = sa.select(*SHOWN, total.scalar_subquery().label("total"), *more).select_from(chosen)
    page = page.join(sites, sites.c.id == chosen.c.site_id).join(adherents, adherents.c.id == sites.c.adherent_id)
    return _Asked(page, total, itemgetter(*(_THERE.get(key, _BY) for key in keys)))


def _sorted_by(sort: str) -> list[sa.Column[Any]]:
    return list(dict.fromkeys((SORTS[sort.removeprefix("-")], site_access.c.siret, site_access.c.site_id)))


def _order(sort: str) -> list[sa.ColumnElement[Any]]:
    return [column.desc() if sort.startswith("-") else column.asc() for column in _sorted_by(sort)]
