"""The lines that wait for the mails of a morning, and those that were told: of what began and ended in the night, or
(`of` notices) of what waits and of what ends soon. Sets: no statement for a person or a line."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.shape.aside import without
from backbone.store.database import insert
from services.notification.domain.nights import Line, What
from services.notification.storage.tables import night, notice


class Told(StrEnum):
    """What the lines are of: of a night, or the notices of a morning."""

    NIGHT = "night"
    NOTICE = "notice"


TABLES = {Told.NIGHT: night, Told.NOTICE: notice}
NAMES = ("fact", "recipient", "lecteur", "followed", "adherent_id", "raison_sociale", "identifiant", "day")


def note(connection: Connection, lines: Sequence[Line], now: datetime, *, of: Told = Told.NIGHT) -> None:
    """Keep these lines until they are told; one that is known, told or not, stays what it is."""
    kept = {(one.fact, one.recipient): one for one in lines}
    rows = [
        {**{name: getattr(one, name) for name in NAMES}, "what": one.what.value, "person": one.person, "heard_at": now}
        for one in kept.values()
    ]
    if rows:
        connection.execute(insert(connection, TABLES[of]).values(rows).on_conflict_do_nothing())


def people(
    connection: Connection, heard_until: datetime, most: int, beside: Collection[UUID], *, of: Told = Told.NIGHT
) -> list[UUID]:
    """At most so many people with lines to be told, of whom nothing was heard since; without `beside`."""
    table = TABLES[of]
    query = sa.select(table.c.person).where(_untold(table), without(table.c.person, beside)).group_by(table.c.person)
    quiet = query.having(sa.func.max(table.c.heard_at) <= heard_until)
    return list(connection.scalars(quiet.order_by(table.c.person).limit(most)))


def take(
    connection: Connection, persons: Collection[UUID], now: datetime, *, of: Told = Told.NIGHT
) -> Mapping[UUID, list[Line]]:
    """What each of these people is to be told, which he is from now on: what comes meanwhile is for the next mail."""
    table = TABLES[of]
    mine = sa.update(table).where(_untold(table), table.c.person.in_(persons)).values(ordered_at=now).returning(table)
    found = defaultdict[UUID, list[Line]](list)
    for row in connection.execute(mine):
        known = {name: getattr(row, name) for name in NAMES}
        found[row.person].append(Line(**known, what=What(row.what)))
    return found


def purge(connection: Connection, before: datetime) -> None:
    """Forget what was told before."""
    for table in TABLES.values():
        connection.execute(sa.delete(table).where(table.c.ordered_at < before))


def _untold(table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.ordered_at.is_(None)
