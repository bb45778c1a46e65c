"""The choice screen: my sites with the DSN alerts of each (G58–G63). One statement a page, one for its messages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.dsn.domain.folding import fold
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
    query = sa.select(*(site.c[name] for name in _COLUMNS), count, sa.func.count().over().label("total"))
    query = query.join(mine, mine.c.tenant_id == site.c.adherent_id).where(site.c.withdrawn.is_(False))
    for word in fold(search).split():
        query = query.where(site.c.search_key.contains(word, autoescape=True))
    if alertes:
        query = query.where(mine.c.sees == 1, site.c.open_alerts > 0)
    ordered = query.order_by(*_order(sort, count)).limit(page_size).offset((page - 1) * page_size)
    rows = connection.execute(ordered).all()
    total = rows[0].total if rows else 0 if page == 1 else _total(connection, query)
    messages = _messages(connection, [row.site_id for row in rows if row.alert_count])
    return [_item(row, messages) for row in rows], total


def _order(sort: str, count: sa.Label[int]) -> list[sa.ColumnElement[Any]]:
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    usual = [site.c.raison_sociale_key, site.c.siret, site.c.site_id]
    if name == "alertes":
        return [count.asc() if descending else count.desc(), *usual]
    column = site.c[{"raison_sociale": "raison_sociale_key", "nom": "nom_key"}.get(name, name)]
    return [column.desc() if descending else column.asc(), *usual]


def _total(connection: Connection, query: sa.Select[Any]) -> int:
    """Beyond the last page no row can tell the total."""
    row = connection.execute(query.limit(1)).first()
    return row.total if row else 0


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
