"""The lines that wait for the mail of a night, and those that were told. Sets: no statement for a person or a line."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.shape.aside import without
from backbone.store.database import insert
from services.notification.domain.nights import Line, What
from services.notification.storage.tables import UNTOLD, night

NAMES = ("fact", "recipient", "lecteur", "followed", "adherent_id", "raison_sociale", "identifiant", "day")


def note(connection: Connection, lines: Sequence[Line], now: datetime) -> None:
    """Keep these lines until they are told; one that is known, told or not, stays what it is."""
    kept = {(one.fact, one.recipient): one for one in lines}
    rows = [
        {**{name: getattr(one, name) for name in NAMES}, "what": one.what.value, "person": one.person, "heard_at": now}
        for one in kept.values()
    ]
    if rows:
        connection.execute(insert(connection, night).values(rows).on_conflict_do_nothing())


def people(connection: Connection, heard_until: datetime, most: int, beside: Collection[UUID]) -> list[UUID]:
    """At most so many people with lines to be told, of whom nothing was heard since; without `beside`."""
    query = sa.select(night.c.person).where(UNTOLD, without(night.c.person, beside)).group_by(night.c.person)
    quiet = query.having(sa.func.max(night.c.heard_at) <= heard_until)
    return list(connection.scalars(quiet.order_by(night.c.person).limit(most)))


def take(connection: Connection, persons: Collection[UUID], now: datetime) -> Mapping[UUID, list[Line]]:
    """What each of these people is to be told, which he is from now on: what comes meanwhile is for the next mail."""
    mine = sa.update(night).where(UNTOLD, night.c.person.in_(persons)).values(ordered_at=now).returning(night)
    found = defaultdict[UUID, list[Line]](list)
    for row in connection.execute(mine):
        known = {name: getattr(row, name) for name in NAMES}
        found[row.person].append(Line(**known, what=What(row.what)))
    return found


def purge(connection: Connection, before: datetime) -> None:
    """Forget what was told before."""
    connection.execute(sa.delete(night).where(night.c.ordered_at < before))
