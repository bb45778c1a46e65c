"""What is to be reviewed, as SQL; when the administrators of an adhérent were asked to; when rights were last used."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.ids import new_id
from backbone.shape.aside import without
from contracts.words.functions import FUNCTIONS
from contracts.words.kinds import Kind
from contracts.words.uses import ADMINISTRATION, NOUS_CONTACTER
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import LIVE, lasting
from services.delegation.storage.review_tables import answered_at, held, review_asks
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.tables import adherents, delegations, journal, uses

_grantor = delegations.alias("grantor")
_of_it = delegations.alias("of_it")
table = delegations.c
# Since when nobody answered for it.
_SINCE = answered_at(delegations)
_COMPANYS = (LIVE, table.confirmed_at.is_not(None), table.parent_id.is_(None), table.kind != str(Kind.FONDATEUR))


def gone(day: date) -> sa.ColumnElement[bool]:
    """Of the delegation `grantor`: it administers the adhérent no more on `day`."""
    return sa.or_(sa.not_(lasting(day, _grantor)), sa.not_(_grantor.c.administrator))


def granted_by_gone(day: date) -> sa.ColumnElement[bool]:
    """Granted by somebody who administers the adhérent no more on `day`."""
    return sa.exists().where(_grantor.c.id == table.grantor_id, gone(day))


def left_by_grantor(connection: Connection, ids: Collection[UUID], day: date) -> set[UUID]:
    """Those among `ids`, the company's own, that who granted them left. Each grantor is looked up by its id: as a
    join, the planner would walk all delegations for the few lines of a page."""
    left = sa.select(gone(day)).where(_grantor.c.id == table.grantor_id).scalar_subquery()
    theirs = (table.id.in_(list(ids)), table.parent_id.is_(None), LIVE)
    return set(connection.scalars(sa.select(table.id).where(*theirs, left))) if ids else set()


def reviewable(actor: Delegation, day: date) -> list[sa.ColumnElement[bool]]:
    """What `actor` reviews: what stands directly under him (the company's own, or what he delegated of his firm's),
    confirmed and not over; neither his own nor the Administrateur Entreprise's (T8)."""
    directly = table.parent_id == actor.id if actor.of_the_firm else table.parent_id.is_(None)
    return [
        *(table.adherent_id == actor.adherent_id, LIVE, lasting(day), table.confirmed_at.is_not(None), directly),
        *(table.kind != str(Kind.FONDATEUR), table.account_id != actor.beneficiary.account_id),
    ]


def due(actor: Delegation, day: date, since: datetime) -> sa.ColumnElement[bool]:
    """Of those: nobody answered for it after `since`, or who granted it left."""
    return _SINCE <= since if actor.of_the_firm else table.id.in_(_old_or_left(actor.adherent_id, day, since))


def _old_or_left(adherent_id: UUID, day: date, since: datetime) -> sa.CompoundSelect[tuple[UUID]]:
    """The ids of what nobody answered for after `since`, and of what who granted it left: each read from its index. As
    one condition with OR, the database would walk the delegations of all adhérents for the few of one."""
    confirmed = (_of_it.c.adherent_id == adherent_id, held(_of_it))
    ids = sa.select(_of_it.c.id).where(*confirmed)
    granted = sa.select(_of_it.c.grantor_id).where(*confirmed).distinct()
    left = sa.select(_grantor.c.id).where(_grantor.c.id.in_(granted), gone(day))
    return sa.union(ids.where(answered_at(_of_it) <= since), ids.where(_of_it.c.grantor_id.in_(left)))


def count(connection: Connection, which: Sequence[sa.ColumnElement[bool]]) -> int:
    """How many delegations are so."""
    return connection.scalar(sa.select(sa.func.count()).select_from(delegations).where(*which)) or 0


def page(connection: Connection, which: Sequence[sa.ColumnElement[bool]], number: int, size: int) -> list[Delegation]:
    """A page of them, by name."""
    query = sa.select(delegations).where(*which).order_by(table.name_key, table.id)
    rows = connection.execute(query.limit(size).offset((number - 1) * size)).mappings()
    return [delegation_of(row) for row in rows]


def reviewers(connection: Connection, ones: Sequence[Delegation]) -> dict[UUID, tuple[str, UUID | None]]:
    """Who last answered for each of these that was reviewed: the name and the account, as the journal has them."""
    theirs = (journal.c.delegation_id == table.id, journal.c.at == table.reviewed_at)
    columns = (journal.c.delegation_id, journal.c.author, journal.c.author_id)
    query = sa.select(*columns).join(delegations, sa.and_(*theirs)).where(table.id.in_([one.id for one in ones]))
    return {row.delegation_id: (row.author, row.author_id) for row in connection.execute(query)}


def last_used(
    connection: Connection, adherent_id: UUID, account_ids: Collection[UUID]
) -> Mapping[UUID, Mapping[str, date]]:
    """The last day on which each of these accounts used each right of the adhérent, and « Nous contacter »; of another
    page that is no right nothing is told."""
    rights = uses.c.code.in_([*FUNCTIONS, ADMINISTRATION, NOUS_CONTACTER])
    theirs = (uses.c.adherent_id == adherent_id, uses.c.account_id.in_(list(account_ids)), rights)
    query = sa.select(uses.c.account_id, uses.c.code, sa.func.max(uses.c.day)).where(*theirs)
    found = defaultdict[UUID, dict[str, date]](dict)
    for account_id, code, day in connection.execute(query.group_by(uses.c.account_id, uses.c.code)):
        found[account_id][code] = day
    return found


def to_ask(
    connection: Connection, day: date, since: datetime, limit: int, beside: Collection[UUID]
) -> Sequence[RowMapping]:
    """Adhérents (id) whose administrators are to be asked: one of them left what he had granted and nobody was told,
    or something was not answered for after `since`, and nobody was asked after that either."""
    of_it = (table.adherent_id == adherents.c.id, *_COMPANYS, lasting(day))
    lately = sa.exists().where(review_asks.c.adherent_id == adherents.c.id, review_asks.c.at > since)
    old = sa.and_(sa.exists().where(*of_it, _SINCE <= since), sa.not_(lately))
    left = sa.exists().where(*of_it, _grantor.c.id == table.grantor_id, gone(day), _untold())
    query = sa.select(adherents.c.id).where(sa.or_(old, left), without(adherents.c.id, beside))
    return connection.execute(query.order_by(adherents.c.id).limit(limit)).mappings().all()


def departed(connection: Connection, adherent_id: UUID, day: date) -> list[UUID]:
    """The delegations of those who left and whose grants are to be reviewed, as far as nobody was told of it."""
    of_it = (table.adherent_id == adherent_id, *_COMPANYS, lasting(day))
    query = sa.select(_grantor.c.id).join(delegations, _grantor.c.id == table.grantor_id).distinct()
    return list(connection.scalars(query.where(*of_it, gone(day), _untold()).order_by(_grantor.c.id)))


def holders_due(connection: Connection, adherent_id: UUID, day: date, since: datetime) -> set[UUID]:
    """The accounts whose delegation of the company's is to be reviewed."""
    of_it = (table.adherent_id == adherent_id, *_COMPANYS, lasting(day))
    query = sa.select(table.account_id).where(*of_it, table.id.in_(_old_or_left(adherent_id, day, since)))
    return {id for id in connection.scalars(query) if id}


def note_asked(connection: Connection, adherent_id: UUID, grantors: Sequence[UUID], at: datetime) -> UUID:
    """That they are asked, because of those who left (none: because it is time); the id of the first line."""
    because: Sequence[UUID | None] = grantors or [None]
    first, *others = (new_id() for _ in because)
    asked = zip((first, *others), because, strict=True)
    rows = [{"id": id, "adherent_id": adherent_id, "at": at, "grantor_id": one} for id, one in asked]
    connection.execute(sa.insert(review_asks), rows)
    return first


def _untold() -> sa.ColumnElement[bool]:
    return sa.not_(sa.exists().where(review_asks.c.grantor_id == _grantor.c.id))
