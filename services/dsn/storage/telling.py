"""Alerts with what events say of their site: those to be said again, and those of which nobody was told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging.announcing import page
from backbone.shape.aside import without
from services.dsn.domain.alert import Alert
from services.dsn.storage.alerts import alert_of
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import UNTOLD, alert, living, site

_NAMES = ("adherent_id", "caisse", "identifiant", "raison_sociale", "siren", "siret", "nom")
_SITE = (*_NAMES, "open_alerts")
_BOTH = sa.select(alert, *(site.c[name] for name in _SITE)).join(site, site.c.site_id == alert.c.site_id)


@dataclass(frozen=True)
class Standing:
    """An alert, and its site's row."""

    alert: Alert
    site: Any


def next_living(connection: Connection, after: UUID | None, limit: int) -> list[Standing]:
    """The next alerts, by id, that are not over."""
    return [_standing(row) for row in page(connection, _BOTH.where(living(alert)), alert.c.alert_id, after, limit)]


def untold(connection: Connection, limit: int, beside: Collection[UUID] = ()) -> list[Standing]:
    """Alerts that stand otherwise than was told, held until the transaction ends; those that somebody else changes are
    left out, and so are those set aside."""
    query = _BOTH.where(UNTOLD, without(alert.c.alert_id, beside)).order_by(alert.c.alert_id).limit(limit)
    return [_standing(row) for row in connection.execute(query.with_for_update(of=alert, skip_locked=True))]


def others_than(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """The sites of `rows` that are called otherwise today, or are another's, as they are today."""
    named = {row["site_id"]: row for row in rows}
    found: list[Any] = []
    for some in chunks(named):
        query = sa.select(site.c.site_id, *_named()).where(site.c.site_id.in_(some))
        found += [one for one in connection.execute(query) if _differs(one, named[one.site_id])]
    return found


def say_again(connection: Connection, before: Sequence[Any]) -> None:
    """The living alerts of sites that are not called any more as they were `before` are to be said again: whoever
    keeps them writes to the people of that company, and by that name."""
    for some in chunks(before):
        former = {one.site_id: one._mapping for one in some}
        query = sa.select(site.c.site_id, *_named()).where(site.c.site_id.in_(former))
        changed = [one.site_id for one in connection.execute(query) if _differs(one, former[one.site_id])]
        again = sa.update(alert).where(alert.c.site_id.in_(changed), living(alert))
        connection.execute(again.values(version=alert.c.version + 1))


def mark_told(connection: Connection, told: Sequence[Standing]) -> None:
    """They are told as they stand."""
    ids = [one.alert.id for one in told]
    connection.execute(sa.update(alert).where(alert.c.alert_id.in_(ids)).values(told_version=alert.c.version))


def _named() -> list[sa.Column[Any]]:
    return [site.c[name] for name in _NAMES]


def _differs(one: Any, other: Mapping[str, Any]) -> bool:
    return any(getattr(one, name) != other[name] for name in _NAMES)


def _standing(row: Any) -> Standing:
    return Standing(alert_of(row), row)
