"""The choice screen: my sites with the DSN alerts of each (G58–G63). Three statements, whatever the number of sites."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from contracts.rules.folding import fold
from services.dsn.domain.messages import Kind, site_message
from services.dsn.domain.periods import Period
from services.dsn.queries.rights import adherents_of
from services.dsn.storage.tables import alert, site

SORTS = ("alertes", "raison_sociale", "siret", "nom", "identifiant")
_COLUMNS = ("site_id", "siret", "nom", "adherent_id", "raison_sociale", "identifiant")


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
) -> tuple[list[dict[str, Any]], int]:
    """A page of the sites `account_id` may enter today, and how many there are.

    `sort` is one of SORTS, « - » before it turns it round; « alertes » puts the most alerts first. Alerts are counted
    and told only where the account sees the DSN.
    """
    mine = adherents_of(account_id, paris_day(clock.now()))
    count = sa.case((mine.c.sees == 1, site.c.open_alerts), else_=0).label("alert_count")
    query = sa.select(site.c.site_id, count).join(mine, mine.c.tenant_id == site.c.adherent_id)
    query = query.where(site.c.withdrawn.is_(False))
    for word in fold(search).split():
        query = query.where(site.c.search_key.contains(word, autoescape=True))
    if alertes:
        query = query.where(mine.c.sees == 1, site.c.open_alerts > 0)
    ordered = query.order_by(*_order(sort, count)).limit(page_size).offset((page - 1) * page_size)
    rows = connection.execute(_whole(ordered, sort)).all()
    # A first page that is not full tells the total by itself; else it is counted, without sorting anything.
    whole = page == 1 and len(rows) < page_size
    total = len(rows) if whole else _count(connection, query)
    messages = _messages(connection, [row.site_id for row in rows if row.alert_count])
    return [_item(row, messages) for row in rows], total


def _whole(page: sa.Select[Any], sort: str) -> sa.Select[Any]:
    """The lines of a page that was found by its keys alone: thousands of rows are sorted, few are read whole."""
    keys = page.subquery("page")
    query = sa.select(*(site.c[name] for name in _COLUMNS), keys.c.alert_count)
    return query.join(keys, keys.c.site_id == site.c.site_id).order_by(*_order(sort, keys.c.alert_count))


def _count(connection: Connection, query: sa.Select[Any]) -> int:
    counted = query.with_only_columns(sa.func.count(), maintain_column_froms=True)
    return int(connection.execute(counted).scalar() or 0)


def _order(sort: str, count: sa.ColumnElement[int]) -> list[sa.ColumnElement[Any]]:
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    usual = [site.c.raison_sociale_key, site.c.siret, site.c.site_id]
    if name == "alertes":
        return [count.asc() if descending else count.desc(), *usual]
    column = site.c[{"raison_sociale": "raison_sociale_key", "nom": "nom_key"}.get(name, name)]
    return [column.desc() if descending else column.asc(), *usual]


def _messages(connection: Connection, ids: Sequence[UUID]) -> Mapping[UUID, list[dict[str, str]]]:
    """The messages of the sites of a page, newest period first (T3)."""
    found: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    if ids:
        opened = sa.select(alert.c.site_id, alert.c.period, alert.c.kind)
        opened = opened.where(alert.c.site_id.in_(ids), alert.c.status == "OPEN")
        for row in connection.execute(opened.order_by(alert.c.period.desc(), alert.c.kind)):
            found[row.site_id].append(site_message(Period.parse(row.period), Kind(row.kind)))
    return found


def _item(row: Any, messages: Mapping[UUID, list[dict[str, str]]]) -> dict[str, Any]:
    item = {name: getattr(row, name) for name in _COLUMNS}
    return {**item, "alert_count": row.alert_count, "messages": messages.get(row.site_id, [])}
