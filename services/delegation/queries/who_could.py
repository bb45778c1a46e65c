"""« Qui pouvait quoi, le … »: who could do what on a past day, as it was known at an instant, from the journal.

The journal has every version of every delegation, with the instant from which it counts; the delegation has when it was
confirmed and closed. A version counts until the next one. What is asked of a page are two statements: which delegations
opened something that day, in the order of an index that says when each was confirmed and closed, and their versions of
that day.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import PARIS, Clock, paris_day
from backbone.errors import NotFound
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.held import Day, Version, held_on
from services.delegation.domain.refusals import DayToComeRefused
from services.delegation.queries.searching import each_word_in
from services.delegation.storage.delegations import administrator
from services.delegation.storage.rows import grant_of
from services.delegation.storage.sight import below
from services.delegation.storage.tables import delegations, journal

Condition = sa.ColumnElement[bool]
table, later = delegations.c, journal.alias("later")
WHOSE = tuple(table[name] for name in ("kind", "nom", "prenom", "email"))


def who_could(
    connection: Connection,
    *,
    clock: Clock,
    account_id: UUID,
    adherent_id: UUID,
    jour: date,
    connu: datetime | None = None,
    personne: str | None = None,
    apres: UUID | None = None,
    page_size: int = 25,
) -> dict[str, Any]:
    """Who could do something on `jour`, by name, as was known at `connu` (None: now), of the people that `personne`
    names (None: all), after the delegation `apres` (None: from the first); each with what, and from when to when that
    day if not all of it.

    The company's administrators read all, the firm's what stands under their own (K10). Raises DayToComeRefused,
    NotFound, also for an `apres` that is not of this adhérent, and AccessRefused (AA22, AA26).
    """
    now = clock.now()
    reader = administrator(connection, account_id, adherent_id, paris_day(now))
    if jour > paris_day(now):
        raise DayToComeRefused
    known, day = min(connu or now, now), Day(jour, _midnight(jour), _midnight(jour + timedelta(days=1)))
    which = [*_seen_by(reader), *_named(personne), *_after(connection, adherent_id, apres)]
    opened = sa.case((_stood(day, known), sa.exists().where(*_version(day, known))), else_=sa.false())
    confirmed = (table.adherent_id == adherent_id, table.confirmed_at.is_not(None))
    first = sa.select(table.id).where(*confirmed, *which, opened).order_by(table.name_key, table.id)
    ids = list(connection.scalars(first.limit(page_size + 1)))
    shown = ids[:page_size]
    return {
        "connu": known,
        "items": _items(connection, shown, day, known),
        "next": shown[-1] if len(ids) > page_size else None,
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PARIS)


def _seen_by(reader: Delegation) -> Iterator[Condition]:
    if reader.of_the_firm:
        yield table.id.in_(below(reader))


def _named(typed: str | None) -> Iterator[Condition]:
    """By the words of a name or a part of an address."""
    if typed := (typed or "").strip():
        address = table.email_key.contains(same_address(typed), autoescape=True)
        named = list(each_word_in(table.name_key, typed))
        yield sa.or_(address, sa.and_(*named)) if named else address


def _after(connection: Connection, adherent_id: UUID, apres: UUID | None) -> Iterator[Condition]:
    if apres is None:
        return
    key = connection.scalar(sa.select(table.name_key).where(table.id == apres, table.adherent_id == adherent_id))
    if key is None:
        raise NotFound
    yield sa.and_(table.name_key >= key, sa.or_(table.name_key > key, table.id > apres))


def _stood(day: Day, known: datetime) -> Condition:
    """Confirmed before the end of the day, and not closed before its beginning, as far as was known: judged by what the
    index alone says."""
    confirmed = (table.confirmed_at <= known, table.confirmed_at < day.end)
    return sa.and_(*confirmed, sa.or_(table.closed_at.is_(None), table.closed_at > known, table.closed_at > day.begin))


def _version(day: Day, known: datetime) -> Iterator[Condition]:
    """A line of the journal of the delegation, known by then, that counted for some time of the day: `held_on` in
    SQL, which a test holds to it."""
    line, asked = journal.c, day.day.isoformat()
    yield line.delegation_id == table.id
    yield line.at <= known
    yield line.at < day.end
    yield sa.or_(table.closed_at.is_(None), table.closed_at > known, table.closed_at > line.at)
    yield line.scope["starts_on"].as_string() <= asked
    yield sa.or_(line.scope["ends_on"].as_string().is_(None), line.scope["ends_on"].as_string() >= asked)
    since = sa.or_(later.c.at <= day.begin, later.c.at <= line.at, later.c.at <= table.confirmed_at)
    yield ~sa.exists().where(*_comes_after(known), since).correlate(journal, delegations)


def _comes_after(known: datetime) -> Iterator[Condition]:
    yield later.c.delegation_id == journal.c.delegation_id
    yield later.c.sequence > journal.c.sequence
    yield later.c.at <= known


def _items(connection: Connection, ids: list[UUID], day: Day, known: datetime) -> list[dict[str, Any]]:
    if not ids:
        return []
    next_at = sa.select(sa.func.min(later.c.at)).where(*_comes_after(known)).correlate(journal).scalar_subquery()
    facts = (table.id, table.name_key, table.confirmed_at, table.closed_at, *WHOSE)
    lines = sa.select(*facts, journal.c.at, journal.c.scope, next_at.label("next_at"))
    lines = lines.join_from(delegations, journal, journal.c.delegation_id == table.id)
    query = lines.where(table.id.in_(ids), *_version(day, known))
    rows: Iterable[Any] = connection.execute(query.order_by(table.name_key, table.id, journal.c.sequence))
    return [_item(list(those), day, known) for _, those in groupby(rows, attrgetter("id"))]


def _item(rows: Sequence[Any], day: Day, known: datetime) -> dict[str, Any]:
    one = rows[0]
    parts = held_on([_counted(row, known) for row in rows], day)
    return {
        "delegation_id": one.id,
        **{column.name: getattr(one, column.name) for column in WHOSE},
        "parts": [_part(part, day) for part in parts],
    }


def _counted(row: Any, known: datetime) -> Version:
    closed = row.closed_at if row.closed_at and row.closed_at <= known else None
    ends = [at for at in (row.next_at, closed) if at]
    return Version(max(row.at, row.confirmed_at), min(ends, default=None), grant_of(row.scope))


def _part(part: Version, day: Day) -> dict[str, Any]:
    since = part.since if part.since > day.begin else None
    return {"since": since, "until": part.until, **part.grant.as_plain()}
