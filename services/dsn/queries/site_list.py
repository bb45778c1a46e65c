"""The choice screen: my sites with the DSN alerts of each (G58–G63). Two statements, whatever the number of sites."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.store.database import one_of, one_of_value
from contracts.rules.folding import fold
from services.dsn.domain.messages import Kind, site_message
from services.dsn.domain.periods import Period
from services.dsn.queries.rights import adherents_of
from services.dsn.storage.seen import news_for
from services.dsn.storage.tables import alert, site

SORTS = ("alertes", "raison_sociale", "siret", "nom", "identifiant")
_COLUMNS = ("site_id", "siret", "nom", "adherent_id", "raison_sociale", "identifiant")
_TOLD = (*_COLUMNS, "alert_count")


def site_list(
    connection: Connection,
    *,
    account_id: UUID,
    search: str,
    alertes: bool,
    sort: str,
    page: int,
    page_size: int,
    clock: Clock,
    messages: bool = True,
) -> tuple[list[dict[str, Any]], int]:
    """A page of the sites `account_id` may enter today, and how many there are.

    `sort` is one of SORTS, « - » before it turns it round; « alertes » puts the most alerts first. Alerts are counted
    and told only where the account sees the DSN; without `messages`, counted alone.
    """
    words = fold(search).split()
    asked = _asked(sort, alertes, len(words))
    known = {"account_id": account_id, "day": paris_day(clock.now())}
    known |= {f"word{number}": _containing(word) for number, word in enumerate(words)}
    window = {"limit": page_size, "offset": (page - 1) * page_size}
    rows = connection.execute(asked.page, known | window).all()
    # Each line says the total; a page after the last one has no line.
    total = rows[0].total if rows else int(connection.execute(asked.total, known).scalar() or 0) if page > 1 else 0
    alerted = [row.site_id for row in rows if row.alert_count]
    if not messages:
        news = _news(connection, account_id, alerted)
        return [_line(row, news.get(row.site_id, 0), []) for row in rows], total
    told = _messages(connection, account_id, alerted)
    mine = [told.get(row.site_id, []) for row in rows]
    return [_line(row, sum(m["new"] for m in said), said) for row, said in zip(rows, mine, strict=True)], total


class _Asked(NamedTuple):
    """The page, each line with how many there are in all, and that number alone; what a person asks for is their
    parameters."""

    page: sa.Select[Any]
    total: sa.Select[Any]


@lru_cache(maxsize=256)
def _asked(sort: str, alertes: bool, words: int) -> _Asked:
    """The statements of a sort, a filter and a number of words. Built once: that takes as long as a database needs to
    count some thousand sites (docs/decisions/0049)."""
    mine = adherents_of(sa.bindparam("account_id", type_=sa.Uuid), sa.bindparam("day", type_=sa.Date))
    count = sa.case((mine.c.sees == 1, site.c.open_alerts), else_=0).label("alert_count")
    told = [site.c[name] for name in _COLUMNS]
    query = sa.select(*told, count).join(mine, mine.c.tenant_id == site.c.adherent_id)
    query = query.where(site.c.withdrawn.is_(False))
    for number in range(words):
        query = query.where(site.c.search_key.like(sa.bindparam(f"word{number}", type_=sa.Text), escape="/"))
    if alertes:
        query = query.where(mine.c.sees == 1, site.c.open_alerts > 0)
    limit, offset = (sa.bindparam(name, type_=sa.Integer) for name in ("limit", "offset"))
    total = query.with_only_columns(sa.func.count(), maintain_column_froms=True)
    page = query.add_columns(total.scalar_subquery().label("total")).order_by(*_order(sort, count))
    return _Asked(page.limit(limit).offset(offset), total)


@cache
def _opened(dialect: str) -> sa.Select[Any]:
    opened = sa.select(alert.c.site_id, alert.c.period, alert.c.kind)
    opened = opened.add_columns(news_for(sa.bindparam("account_id", type_=sa.Uuid)).label("new"))
    mine = (one_of(dialect, alert.c.site_id, "ids"), alert.c.status == "OPEN")
    return opened.where(*mine).order_by(alert.c.period.desc(), alert.c.kind)


@cache
def _counted(dialect: str) -> sa.Select[Any]:
    counted = sa.select(alert.c.site_id, sa.func.count().label("news"))
    mine = (one_of(dialect, alert.c.site_id, "ids"), alert.c.status == "OPEN")
    return counted.where(*mine, news_for(sa.bindparam("account_id", type_=sa.Uuid))).group_by(alert.c.site_id)


def _containing(word: str) -> str:
    """The pattern of what holds `word`, whose own « % » and « _ » mean themselves."""
    for special in "/%_":
        word = word.replace(special, f"/{special}")
    return f"%{word}%"


def _order(sort: str, count: sa.ColumnElement[int]) -> list[sa.ColumnElement[Any]]:
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    usual = [site.c.raison_sociale_key, site.c.siret, site.c.site_id]
    if name == "alertes":
        return [count.asc() if descending else count.desc(), *usual]
    column = site.c[{"raison_sociale": "raison_sociale_key", "nom": "nom_key"}.get(name, name)]
    return [column.desc() if descending else column.asc(), *usual]


def _messages(connection: Connection, account_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, list[dict[str, Any]]]:
    """The messages of the sites of a page, newest period first (T3), and whether each is news to the account."""
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    if ids:
        known = {"account_id": account_id, "ids": one_of_value(connection, alert.c.site_id, ids)}
        for row in connection.execute(_opened(connection.dialect.name), known).all():
            message = site_message(Period.parse(row.period), Kind(row.kind))
            found[row.site_id].append({**message, "new": bool(row.new)})
    return found


def _news(connection: Connection, account_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many of the alerts of each site are news to the account, where any are."""
    if not ids:
        return {}
    known = {"account_id": account_id, "ids": one_of_value(connection, alert.c.site_id, ids)}
    return {row.site_id: row.news for row in connection.execute(_counted(connection.dialect.name), known)}


def _line(row: Any, news: int, messages: list[dict[str, Any]]) -> dict[str, Any]:
    item = dict(zip(_TOLD, row, strict=False))  # all but the total, which comes last
    return {**item, "news": news, "messages": messages}
