"""Reading and writing delegations. A writer locks the adhérent first: whoever decides, decides on what is true now."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.errors import AccessRefused, NotFound
from backbone.messaging.announcing import page
from backbone.rights.grants import Part, leading
from backbone.shape.aside import without
from contracts.words.kinds import Kind
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.period import Period
from services.delegation.storage import journal
from services.delegation.storage.journal import Act, Author
from services.delegation.storage.rows import delegation_of, row_of
from services.delegation.storage.site_access import refresh_delegations
from services.delegation.storage.tables import account_key, accounts, adherents, delegations

LIVE = sa.and_(delegations.c.closed_at.is_(None), delegations.c.refused_at.is_(None))


_MINE = (delegations.c[name] == sa.bindparam(name, type_=sa.Uuid) for name in ("account_id", "adherent_id"))
# What somebody holds at an adhérent, built once: each page of a space begins with it (decision 49).
_HELD = sa.select(delegations).where(*_MINE, LIVE, delegations.c.confirmed_at.is_not(None))


def lasting(day: date, of: sa.FromClause = delegations) -> sa.ColumnElement[bool]:
    """Neither closed nor refused nor past its last day on `day`: `domain.status` in SQL, for who is not « Inactif »."""
    alive = (of.c.closed_at.is_(None), of.c.refused_at.is_(None))
    return sa.and_(*alive, of.c.last_day >= day, of.c.last_day >= of.c.starts_on)


def lock(connection: Connection, adherent_ids: Iterable[UUID]) -> None:
    """Hold these adhérents, always in the same order: their delegations change one transaction at a time (M7)."""
    query = sa.select(adherents.c.id).where(adherents.c.id.in_(list(adherent_ids))).order_by(adherents.c.id)
    connection.execute(query.with_for_update())


def holder(connection: Connection, account_id: UUID | None, adherent_id: UUID, day: date) -> Delegation:
    """The delegation that opens `adherent_id` to the account on `day` (C9). NotFound if none does (AA22, AA33).

    One, whole: of several that it may have for a moment, the same one each time (K2).
    """
    rows = connection.execute(_HELD, {"account_id": account_id, "adherent_id": adherent_id}).mappings()
    usable = {one.id: one for one in map(delegation_of, rows) if one.usable_on(day)}
    if account_id is None or not usable:
        raise NotFound
    return usable[leading(map(_part, usable.values())).grant_id]


def _part(one: Delegation) -> Part:
    scope = one.effective.scope
    return Part(one.id, scope.administrator, scope.colleges, scope.rights)


def administrator(connection: Connection, account_id: UUID | None, adherent_id: UUID, day: date) -> Delegation:
    """The same, for who administers it; AccessRefused for who does not (AA26, M4)."""
    actor = holder(connection, account_id, adherent_id, day)
    if not actor.effective.scope.administrator:
        raise AccessRefused
    return actor


def find(connection: Connection, adherent_id: UUID, delegation_id: UUID) -> Delegation:
    """A delegation of that adhérent, or NotFound."""
    query = sa.select(delegations).where(delegations.c.id == delegation_id, delegations.c.adherent_id == adherent_id)
    found = _all(connection, query)
    if not found:
        raise NotFound
    return found[0]


def by_ids(connection: Connection, ids: Collection[UUID]) -> dict[UUID, Delegation]:
    """The delegations that exist among `ids`."""
    return {one.id: one for one in _all(connection, sa.select(delegations).where(delegations.c.id.in_(list(ids))))}


def current_of(connection: Connection, account_ids: Collection[UUID], day: date) -> list[Delegation]:
    """What these accounts were delegated and is not over."""
    mine = delegations.c.account_id.in_(list(account_ids))
    return _all(connection, sa.select(delegations).where(mine, LIVE, delegations.c.last_day >= day))


def next_live(connection: Connection, after: UUID | None, limit: int) -> list[Delegation]:
    """The next delegations by id that are neither closed nor refused."""
    rows = page(connection, sa.select(delegations).where(LIVE), delegations.c.id, after, limit)
    return [delegation_of(row._mapping) for row in rows]


def next_ones(connection: Connection, after: UUID | None, limit: int) -> list[Delegation]:
    """The next delegations by id, those that are over too."""
    rows = page(connection, sa.select(delegations), delegations.c.id, after, limit)
    return [delegation_of(row._mapping) for row in rows]


def ancestors(connection: Connection, delegation: Delegation) -> dict[UUID, Delegation]:
    """What bounds it: its parent, the parent of that, and so on."""
    return {one.id: one for one in all_ancestors(connection, [delegation])[delegation.id]}


def all_ancestors(connection: Connection, ones: Sequence[Delegation]) -> dict[UUID, list[Delegation]]:
    """What bounds each of these, nearest first: one statement for all, none where nothing does."""
    parents = {one.parent_id for one in ones if one.parent_id}
    known: dict[UUID, Delegation] = {}
    if parents:
        chain = sa.select(delegations.c.id, delegations.c.parent_id).where(delegations.c.id.in_(parents))
        above = chain.cte("above", recursive=True)
        above = above.union(
            sa.select(delegations.c.id, delegations.c.parent_id).join(above, delegations.c.id == above.c.parent_id)
        )
        query = sa.select(delegations).where(delegations.c.id.in_(sa.select(above.c.id)))
        known = {one.id: one for one in _all(connection, query)}
    return {one.id: list(_chain(one, known)) for one in ones}


def _chain(one: Delegation, known: Mapping[UUID, Delegation]) -> Iterator[Delegation]:
    while one.parent_id and one.parent_id in known:
        one = known[one.parent_id]
        yield one


def live_descendants(connection: Connection, ids: Collection[UUID]) -> list[Delegation]:
    """Everything live that was delegated under these delegations, parents before their children."""
    first = sa.select(delegations.c.id, sa.literal(1).label("depth")).where(delegations.c.parent_id.in_(list(ids)))
    below = first.cte("below", recursive=True)
    below = below.union_all(
        sa.select(delegations.c.id, below.c.depth + 1).join(below, delegations.c.parent_id == below.c.id)
    )
    query = sa.select(delegations).join(below, delegations.c.id == below.c.id).where(LIVE).order_by(below.c.depth)
    return _all(connection, query)


def clashing(
    connection: Connection,
    adherent_id: UUID,
    email: str,
    account_ids: Collection[UUID],
    period: Period,
    *,
    beside: UUID | None = None,
) -> list[Delegation]:
    """The live delegations of that address, or of one of these accounts, whose days overlap `period` (K2)."""
    query = sa.select(delegations).where(
        delegations.c.adherent_id == adherent_id,
        sa.or_(delegations.c.email_key == same_address(email), delegations.c.account_id.in_(list(account_ids))),
        delegations.c.starts_on <= period.last_day,
        delegations.c.last_day >= period.starts_on,
        LIVE,
    )
    if beside is not None:
        query = query.where(delegations.c.id != beside)
    return _all(connection, query.order_by(delegations.c.opened_at, delegations.c.id))


def held_by(
    connection: Connection, account_ids: Collection[UUID], adherent_ids: Collection[UUID], day: date
) -> list[Delegation]:
    """What these accounts have of these adhérents that is not over."""
    theirs = (delegations.c.account_id.in_(list(account_ids)), delegations.c.adherent_id.in_(list(adherent_ids)))
    return _all(connection, sa.select(delegations).where(*theirs, LIVE, delegations.c.last_day >= day))


def waiting_beside(connection: Connection, account_ids: Collection[UUID], day: date) -> list[tuple[UUID, Delegation]]:
    """What waits for the address that one of these accounts now has, where it has something already; each with the
    account."""
    theirs = delegations.c.account_id == accounts.c.account_id
    place = (accounts.c.account_id.label("of_account"), account_key.label("email_key"), delegations.c.adherent_id)
    places = sa.select(*place).join_from(accounts, delegations, theirs).distinct()
    at = places.where(accounts.c.account_id.in_(list(account_ids))).subquery()
    there = sa.and_(delegations.c.adherent_id == at.c.adherent_id, delegations.c.email_key == at.c.email_key)
    query = sa.select(at.c.of_account, delegations).join_from(at, delegations, there)
    waiting = query.where(delegations.c.account_id.is_(None), delegations.c.last_day >= day, LIVE)
    return [(row["of_account"], delegation_of(row)) for row in connection.execute(waiting).mappings()]


def company_administrators(connection: Connection, adherent_ids: Collection[UUID], day: date) -> list[Delegation]:
    """The confirmed administrators of the companies themselves, in force on `day` or later (M7, G52)."""
    query = sa.select(delegations).where(
        delegations.c.adherent_id.in_(list(adherent_ids)),
        delegations.c.administrator,
        delegations.c.kind != str(Kind.CABINET),
        delegations.c.confirmed_at.is_not(None),
        delegations.c.last_day >= day,
        LIVE,
    )
    return _all(connection, query)


def ended_before(connection: Connection, day: date, limit: int, beside: Collection[UUID]) -> Sequence[RowMapping]:
    """Live delegations whose date de fin is past (id, adherent_id), oldest first, without those set aside."""
    over = (LIVE, delegations.c.last_day < day, without(delegations.c.id, beside))
    oldest = sa.select(delegations.c.id, delegations.c.adherent_id).where(*over)
    oldest = oldest.order_by(delegations.c.last_day, delegations.c.id).limit(limit)
    return connection.execute(oldest).mappings().all()


def still_ended(connection: Connection, due: Sequence[RowMapping], day: date) -> list[Delegation]:
    """Those of `due` that are so still once their adhérents are held."""
    lock(connection, {row["adherent_id"] for row in due})
    mine = delegations.c.id.in_([row["id"] for row in due])
    query = sa.select(delegations).where(mine, LIVE, delegations.c.last_day < day)
    return _all(connection, query.order_by(delegations.c.last_day, delegations.c.id))


def starting(connection: Connection, day: date, limit: int, beside: Collection[UUID]) -> Sequence[RowMapping]:
    """Delegations (id, adherent_id) whose date d'effet came and is not known to have, without those set aside."""
    came = (*_unbegun(day), without(delegations.c.id, beside))
    first = sa.select(delegations.c.id, delegations.c.adherent_id).where(*came)
    first = first.order_by(delegations.c.starts_on, delegations.c.id).limit(limit)
    return connection.execute(first).mappings().all()


def still_starting(connection: Connection, due: Sequence[RowMapping], day: date) -> list[Delegation]:
    """Those of `due` that are so still once their adhérents are held."""
    lock(connection, {row["adherent_id"] for row in due})
    mine = delegations.c.id.in_([row["id"] for row in due])
    return _all(connection, sa.select(delegations).where(mine, *_unbegun(day)).order_by(delegations.c.id))


def mark_begun(connection: Connection, ones: Sequence[Delegation]) -> None:
    """That the date d'effet of these, which are held, is known. Nothing of what they grant changes, nor the version."""
    mine = delegations.c.id.in_([one.id for one in ones])
    connection.execute(sa.update(delegations).where(mine).values(begun_on=delegations.c.starts_on))


def _unbegun(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    untold = sa.or_(delegations.c.begun_on.is_(None), delegations.c.begun_on < delegations.c.starts_on)
    return (LIVE, delegations.c.confirmed_at.is_not(None), untold, delegations.c.starts_on <= day)


def add(connection: Connection, new: Sequence[Delegation], *, author: Author, at: datetime) -> None:
    """Insert delegations, with their entries in the journal."""
    if new:
        connection.execute(sa.insert(delegations), [row_of(one) for one in new])
        journal.write(connection, new, Act.OUVERTURE, author, at)


def save(
    connection: Connection, changed: Sequence[Delegation], *, act: Act, author: Author | None, at: datetime
) -> None:
    """Write changed delegations (their sequence already raised), the journal and the sites they open."""
    if not changed:
        return
    rows = [{f"new_{name}": value for name, value in row_of(one).items()} for one in changed]
    settable = {
        name: sa.bindparam(f"new_{name}", type_=delegations.c[name].type) for name in row_of(changed[0]) if name != "id"
    }
    connection.execute(sa.update(delegations).where(delegations.c.id == sa.bindparam("new_id")).values(settable), rows)
    journal.write(connection, changed, act, author, at)
    refresh_delegations(connection, [one.id for one in changed])


def _all(connection: Connection, query: sa.Select[Any]) -> list[Delegation]:
    return [delegation_of(row) for row in connection.execute(query).mappings()]
