"""The open alerts of all the sites that an account sees the DSN of, for who follows hundreds. Two statements, whatever
the number of sites."""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.dsn.domain.messages import ACTION, Kind
from services.dsn.domain.site import Patience
from services.dsn.queries.rights import adherents_of
from services.dsn.queries.site_alerts import alert_item
from services.dsn.storage.alerts import alert_of
from services.dsn.storage.seen import news_for
from services.dsn.storage.tables import alert, site

_SITE = ("adherent_id", "raison_sociale", "siret", "nom", "identifiant")
_ALERT = ("periode", "kind", "label", "opened_at", "correction")


def alerts_board(
    connection: Connection,
    *,
    account_id: UUID,
    kind: str | None,
    page: int,
    page_size: int,
    clock: Clock,
    patience: Patience,
) -> tuple[list[dict[str, Any]], int, dict[str, Any]]:
    """A page of the alerts that wait for `account_id` today, of one `kind` if it is said; how many there are of it; and
    of all kinds the number of sites and of alerts of each. An adhérent's stand together, a site's oldest first."""
    asked, now = _asked(kind is not None), clock.now()
    known = {"account_id": account_id, "day": paris_day(now)}
    window = {"limit": page_size, "offset": (page - 1) * page_size}
    narrowed = {"kind": kind} if kind else {}
    rows = connection.execute(asked.page, known | narrowed | window).all()
    sites, *counts = connection.execute(asked.totals, known).one()
    totals = {
        "sites": sites,
        "kinds": [{"kind": one, "label": one.label, "count": n} for one, n in zip(Kind, counts, strict=True)],
    }
    total = sum(one["count"] for one in totals["kinds"] if kind in (None, one["kind"]))
    return [_line(row, account_id, now, patience) for row in rows], total, totals


class _Asked(NamedTuple):
    page: sa.Select[Any]
    totals: sa.Select[Any]


@cache
def _asked(narrowed: bool) -> _Asked:
    """The statements, built once for everybody (docs/decisions/0049). `open_alerts` of a site is what an evaluation
    counted: a site without any is not looked into."""
    mine = adherents_of(sa.bindparam("account_id", type_=sa.Uuid), sa.bindparam("day", type_=sa.Date))
    found = sa.select(alert, *(site.c[name] for name in _SITE))
    found = found.join(site, site.c.site_id == alert.c.site_id).join(mine, mine.c.tenant_id == site.c.adherent_id)
    found = found.where(mine.c.sees == 1, site.c.withdrawn.is_(False), site.c.open_alerts > 0, alert.c.status == "OPEN")
    counted: list[Any] = [sa.func.count(sa.distinct(alert.c.site_id))]
    counted += [sa.func.count().filter(alert.c.kind == str(one)) for one in Kind]
    totals: sa.Select[Any] = found.with_only_columns(*counted, maintain_column_froms=True)
    if narrowed:
        found = found.where(alert.c.kind == sa.bindparam("kind", type_=sa.String))
    page = found.add_columns(news_for(sa.bindparam("account_id", type_=sa.Uuid)).label("new"))
    key = site.c.raison_sociale_key  # the company's folded name, then the site's: here the former alone
    company = sa.func.substr(key, 1, sa.func.length(key) - sa.func.length(site.c.nom_key))
    page = page.order_by(company, site.c.adherent_id, site.c.siret, site.c.site_id, alert.c.period, alert.c.kind)
    limit, offset = (sa.bindparam(name, type_=sa.Integer) for name in ("limit", "offset"))
    return _Asked(page.limit(limit).offset(offset), totals)


def _line(row: Any, account_id: UUID, now: datetime, patience: Patience) -> dict[str, Any]:
    one = alert_of(row)
    said = alert_item(one, account_id, now, patience)
    return {
        "site_id": one.site_id,
        **{name: getattr(row, name) for name in _SITE},
        **{name: said[name] for name in _ALERT},
        "periode_label": one.period.label,
        "action": ACTION,
        "new": bool(row.new),
    }
