"""« Historique »: what was done with the delegations of an adhérent, for who administers it, newest first, by key."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import PARIS, Clock, paris_day
from backbone.errors import NotFound
from services.delegation.domain.addresses import same_address
from services.delegation.queries.searching import each_word_in
from services.delegation.queries.telling import BEFORE, told
from services.delegation.storage.delegations import administrator
from services.delegation.storage.sight import below
from services.delegation.storage.tables import delegations, journal

Seen = sa.Select[tuple[UUID]] | None  # the delegations that the reader sees; None: all
NEWEST_FIRST = (journal.c.at.desc(), journal.c.id.desc())
BENEFICIARY = tuple(delegations.c[name] for name in ("nom", "prenom", "email"))


def adherent_journal(
    connection: Connection,
    *,
    clock: Clock,
    account_id: UUID,
    adherent_id: UUID,
    page_size: int = 25,
    avant: UUID | None = None,
    **filters: Any,
) -> dict[str, Any]:
    """The lines that come after the line `avant` (None: the newest), and where the next page begins, if there is one.

    The company's administrators read all of them, the firm's those of what was delegated under their own (K10).
    Raises NotFound, also for a line that is not of this adhérent, and AccessRefused (AA22, AA26).
    """
    reader = administrator(connection, account_id, adherent_id, paris_day(clock.now()))
    seen = below(reader) if reader.of_the_firm else None
    which = [journal.c.adherent_id == adherent_id, *_filtered(adherent_id, seen, filters)]
    if seen is not None:
        which.append(journal.c.delegation_id.in_(seen))
    if avant is not None:
        which.append(_older(connection, adherent_id, avant))
    lines = sa.select(journal, BEFORE, *BENEFICIARY).join_from(
        journal, delegations, delegations.c.id == journal.c.delegation_id
    )
    query = lines.where(*which).order_by(*NEWEST_FIRST).limit(page_size + 1)
    rows = connection.execute(query).mappings().all()
    shown = rows[:page_size]
    return {"items": told(connection, reader, shown), "next": shown[-1]["id"] if len(rows) > page_size else None}


def _older(connection: Connection, adherent_id: UUID, line: UUID) -> sa.ColumnElement[bool]:
    """What comes after `line` in the order of the page."""
    known = sa.select(journal.c.at).where(journal.c.id == line, journal.c.adherent_id == adherent_id)
    at = connection.scalar(known)
    if at is None:
        raise NotFound
    return sa.and_(journal.c.at <= at, sa.or_(journal.c.at < at, journal.c.id < line))


def _filtered(adherent_id: UUID, seen: Seen, filters: Mapping[str, Any]) -> Iterator[sa.ColumnElement[bool]]:
    if filters.get("acte"):
        yield journal.c.act == filters["acte"]
    if filters.get("du"):
        yield journal.c.at >= _midnight(filters["du"])
    if filters.get("au"):
        yield journal.c.at < _midnight(filters["au"] + timedelta(days=1))
    if typed := (filters.get("personne") or "").strip():
        yield _about(adherent_id, seen, typed)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PARIS)


def _about(adherent_id: UUID, seen: Seen, typed: str) -> sa.ColumnElement[bool]:
    """What a person did, or was done for him: among those `seen` (None: all), by the words of his name or a part of
    his address."""
    people, named = delegations.c, list(each_word_in(delegations.c.name_key, typed))
    address = people.email_key.contains(same_address(typed), autoescape=True)
    theirs = [people.adherent_id == adherent_id, sa.or_(address, sa.and_(*named)) if named else address]
    if seen is not None:
        theirs.append(people.id.in_(seen))
    accounts = sa.select(people.account_id).where(*theirs, people.account_id.is_not(None))
    return sa.or_(journal.c.delegation_id.in_(sa.select(people.id).where(*theirs)), journal.c.author_id.in_(accounts))
