"""Who has something to be told on a day, what, and that it was told. Sets: no statement for a person or an alert."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from backbone.clock import paris_day
from backbone.rights import access
from backbone.shape.aside import without
from backbone.store.database import insert, upsert
from contracts.words import functions
from contracts.words.statuses import AccountStatus
from services.notification.domain.digest import FRESH, REMINDERS, Alert, opened_between, reminded_by
from services.notification.storage.tables import OPEN, account, alert, alert_news, digest, digest_day, told

_GRANTED = access.table()


def has_ended(connection: Connection, day: date) -> bool:
    """Whether the run of `day` came to its end."""
    return connection.execute(sa.select(digest_day.c.day).where(digest_day.c.day == day)).first() is not None


def end(connection: Connection, day: date, now: datetime) -> None:
    """The run of `day` came to its end."""
    row = {"day": day, "ended_at": now}
    connection.execute(insert(connection, digest_day).values(row).on_conflict_do_nothing())


def people(connection: Connection, day: date, now: datetime, most: int, beside: Collection[UUID]) -> list[UUID]:
    """At most so many accounts that may have something to be told on `day` and were not looked at yet; without
    `beside`. Only active ones, and only by what they may see on that day."""
    looked_at = sa.exists().where(digest.c.account_id == account.c.account_id, digest.c.day == day)
    some = _tellable(sa.select(account.c.account_id), day, now).where(~looked_at, without(account.c.account_id, beside))
    return list(connection.execute(some.distinct().order_by(account.c.account_id).limit(most)).scalars())


def readers(connection: Connection, accounts: Collection[UUID]) -> Mapping[UUID, Row[Any]]:
    """Where to write to each, and how to address him."""
    query = sa.select(account).where(account.c.account_id.in_(accounts))
    return {row.account_id: row for row in connection.execute(query)}


def alerts(
    connection: Connection, accounts: Collection[UUID], day: date, now: datetime
) -> Mapping[UUID, Sequence[Alert]]:
    """By account, the alerts that may have to be told on `day`."""
    shown = sa.select(
        account.c.account_id,
        alert,
        alert_news.c.heard_at,
        alert_news.c.again,
        told.c.heard_at.label("told_at"),
        sa.func.coalesce(told.c.reminded, 0).label("reminded"),
    )
    # Once, however many delegations open its adhérent to the same person.
    found = defaultdict[UUID, dict[UUID, Alert]](dict)
    for row in connection.execute(_tellable(shown, day, now).where(account.c.account_id.in_(accounts))):
        found[row.account_id][row.alert_id] = _alert(row)
    return {one: list(each.values()) for one, each in found.items()}


def note(connection: Connection, day: date, said: Mapping[UUID, Sequence[Alert]], accounts: Collection[UUID]) -> None:
    """That `accounts` were looked at on `day`, and that `said` was told."""
    looked_at = [{"day": day, "account_id": one, "alerts": len(said.get(one, ()))} for one in accounts]
    connection.execute(sa.insert(digest), looked_at)
    rows = [
        {"account_id": one, "alert_id": each.alert_id, "heard_at": each.heard_at, "reminded": reminded_by(each, day)}
        for one, alerts in said.items()
        for each in alerts
    ]
    upsert(connection, told, rows, key=("account_id", "alert_id"))


def purge(connection: Connection, before: date) -> None:
    """Forget whom the runs of the days `before` looked at."""
    connection.execute(sa.delete(digest).where(digest.c.day < before))
    connection.execute(sa.delete(digest_day).where(digest_day.c.day < before))


def _tellable(select: sa.Select[Any], day: date, now: datetime) -> sa.Select[Any]:
    """`select` of the open alerts that are news or to be reminded of, joined with whom they concern."""
    mine = sa.and_(told.c.account_id == account.c.account_id, told.c.alert_id == alert.c.alert_id)
    sees = sa.and_(access.usable_on(day), access.gives_one_of(functions.DSN))
    return (
        select.select_from(account)
        .join(_GRANTED, _GRANTED.c.account_id == account.c.account_id)
        .join(alert, alert.c.adherent_id == _GRANTED.c.tenant_id)
        .join(alert_news, alert_news.c.alert_id == alert.c.alert_id)
        .outerjoin(told, mine)
        .where(account.c.status == AccountStatus.ACTIF.value, sees, OPEN, sa.or_(_is_news(now), *_reminders(day)))
    )


def _is_news(now: datetime) -> sa.ColumnElement[bool]:
    unheard = sa.or_(told.c.heard_at.is_(None), told.c.heard_at < alert_news.c.heard_at)
    return sa.and_(unheard, alert_news.c.heard_at > now - FRESH)


def _reminders(day: date) -> list[sa.ColumnElement[bool]]:
    found = []
    for number in REMINDERS:
        first, last = opened_between(day, number)
        unsaid = sa.func.coalesce(told.c.reminded, 0) < number
        found.append(sa.and_(unsaid, alert.c.opened_at >= first, alert.c.opened_at < last))
    return found


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        alert_id=row.alert_id,
        adherent_id=row.adherent_id,
        site_id=row.site_id,
        raison_sociale=row.raison_sociale,
        nom=row.nom,
        siret=row.siret,
        periode=row.periode,
        message=row.message,
        opened_on=paris_day(row.opened_at),
        heard_at=row.heard_at,
        again=row.again,
        told_at=row.told_at,
        reminded=row.reminded,
    )
