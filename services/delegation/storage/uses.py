"""Which function an account used on which day, and what it pinned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.delegation.storage.tables import pins, uses

KEY = ("adherent_id", "account_id", "code", "day")


def note(
    connection: Connection, account_id: UUID, adherent_id: UUID, codes: Collection[str], day: date, at: datetime
) -> None:
    """They were used on `day`: once is enough, whoever says it again."""
    place = {"adherent_id": adherent_id, "account_id": account_id}
    keep(connection, [{**place, "code": code, "day": day, "at": at} for code in codes])


def keep(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep these uses (the columns of `uses`), in whatever order they are told; of what is told of a day more than once
    the earliest instant stays."""
    first: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (*(str(row[name]) for name in KEY), row["at"])):
        first.setdefault(tuple(row[name] for name in KEY), row)
    if first:
        new = insert(connection, uses).values([dict(row) for row in first.values()])
        earlier = new.excluded.at < uses.c.at
        told = new.on_conflict_do_update(index_elements=KEY, set_={"at": new.excluded.at}, where=earlier)
        connection.execute(told)


def forget(connection: Connection, account_id: UUID, adherent_id: UUID, codes: Collection[str], before: date) -> None:
    """Nothing needs to be known any more of how these were used before that day; each was used since."""
    theirs = (uses.c.adherent_id == adherent_id, uses.c.account_id == account_id, uses.c.code.in_(list(codes)))
    connection.execute(sa.delete(uses).where(*theirs, uses.c.day < before))


def used(connection: Connection, account_id: UUID, adherent_id: UUID, before: datetime) -> list[tuple[str, date]]:
    """What was used on which day, as far as it was for the first time that day `before` that instant."""
    theirs = (uses.c.adherent_id == adherent_id, uses.c.account_id == account_id, uses.c.at < before)
    return [(code, day) for code, day in connection.execute(sa.select(uses.c.code, uses.c.day).where(*theirs))]


def pinned(connection: Connection, account_id: UUID, adherent_id: UUID) -> list[str]:
    """What the account pinned there, in the order in which it did."""
    theirs = (pins.c.adherent_id == adherent_id, pins.c.account_id == account_id)
    return list(connection.scalars(sa.select(pins.c.code).where(*theirs).order_by(pins.c.at, pins.c.code)))


def pin(connection: Connection, account_id: UUID, adherent_id: UUID, code: str, at: datetime) -> None:
    """Pin it; it stays where it is if it is pinned already."""
    row = {"adherent_id": adherent_id, "account_id": account_id, "code": code, "at": at}
    connection.execute(insert(connection, pins).values(row).on_conflict_do_nothing())


def unpin(connection: Connection, account_id: UUID, adherent_id: UUID, code: str) -> None:
    """It is pinned no more."""
    one = (pins.c.adherent_id == adherent_id, pins.c.account_id == account_id, pins.c.code == code)
    connection.execute(sa.delete(pins).where(*one))
