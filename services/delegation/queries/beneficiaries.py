"""« Liste des bénéficiaires de délégation » (G9–G19): filtered, sorted, paged by indexes from a line that was seen."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.web import page_of
from contracts.words.statuses import Statut
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.queries.keyset import Asked, Order, page_rows
from services.delegation.queries.presenting import list_items
from services.delegation.queries.reviewing import awaits_review
from services.delegation.queries.searching import each_word_in
from services.delegation.storage.delegations import administrator, lasting
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.sight import below
from services.delegation.storage.tables import delegations, named

table = delegations.c
SORTS: Mapping[str, sa.Column[Any]] = {
    "nom": table.name_key,
    "role": table.role,
    "date_effet": table.starts_on,
    "date_fin": table.last_day,
    "courriel": table.email_key,
}
SORTABLE = (*SORTS, "statut")
RANKS = (Statut.ACTIF, Statut.SUSPENDUE, Statut.A_VENIR, Statut.EN_ATTENTE, Statut.INACTIF)


def beneficiaries(
    connection: Connection,
    *,
    clock: Clock,
    account_id: UUID,
    adherent_id: UUID,
    tri: str = "nom",
    page: int = 1,
    page_size: int = 5,
    apres: UUID | None = None,
    avant: UUID | None = None,
    repere: int | None = None,
    **filters: Any,
) -> dict[str, Any]:
    """One page of the delegations the account administers there. Raises NotFound, AccessRefused (AA22, AA26).

    `apres` is the last line of page `repere`, `avant` its first: the page is counted from there (`keyset.py`), or from
    the nearer end where the reader sees no such line.
    """
    day = paris_day(clock.now())
    actor = administrator(connection, account_id, adherent_id, day)
    theirs, which = table.adherent_id == adherent_id, [*_seen_by(actor), *_filtered(actor, filters, day)]
    total = connection.scalar(sa.select(sa.func.count()).select_from(delegations).where(theirs, *which)) or 0
    order, asked = _order(tri, day), Asked(page, page_size, apres, avant, repere)
    query = sa.select(delegations).where(theirs, *_while_reading(which))
    known = sa.select(*order.columns).where(theirs, *_seen_by(actor))
    shown = [delegation_of(row) for row in page_rows(connection, query, order, asked, total, known)]
    return page_of(list_items(connection, actor, shown, clock.now()), total, page, page_size)


def _while_reading(which: list[sa.ColumnElement[bool]]) -> list[sa.ColumnElement[bool]]:
    """The same conditions, for a page: judged on each row that the index of the order gives, until the page is full.

    Bare, they tempt a planner to fetch all that match by another index and to sort it, to show five.
    """
    return [sa.case((sa.and_(*which), sa.true()), else_=sa.false())] if which else []


def _seen_by(actor: Delegation) -> Iterator[sa.ColumnElement[bool]]:
    """The company's administrators see all of it; the firm's, what was delegated under their own."""
    if actor.of_the_firm:
        yield table.id.in_(below(actor))


def _filtered(actor: Delegation, filters: Mapping[str, Any], day: date) -> Iterator[sa.ColumnElement[bool]]:
    if filters.get("role"):
        yield table.role == filters["role"]
    if filters.get("statut"):
        yield _status(day)[Statut(filters["statut"])]
    elif filters.get("exclure_inactifs"):  # who asks for a status, « Inactif » too, has said which ones he wants
        yield lasting(day)
    if filters.get("a_revoir"):
        yield awaits_review(actor, day)
    if filters.get("date_effet"):
        yield table.starts_on == filters["date_effet"]
    if filters.get("date_fin"):
        yield table.ends_on == filters["date_fin"]
    if filters.get("courriel"):
        yield table.email_key.contains(same_address(filters["courriel"].strip()), autoescape=True)
    yield from each_word_in(table.name_key, filters.get("nom"))


def _status(day: date) -> dict[Statut, sa.ColumnElement[bool]]:
    """`domain.status` in SQL, for today: tests hold the two together."""
    confirmed, lives = table.confirmed_at.is_not(None), lasting(day)
    suspended = sa.func.coalesce(table.suspended_until >= day, sa.false())
    return {
        Statut.ACTIF: sa.and_(lives, confirmed, table.starts_on <= day),
        Statut.SUSPENDUE: sa.and_(lives, confirmed, table.starts_on > day, suspended),
        Statut.A_VENIR: sa.and_(lives, confirmed, table.starts_on > day, sa.not_(suspended)),
        Statut.EN_ATTENTE: sa.and_(lives, sa.not_(confirmed)),
        Statut.INACTIF: sa.not_(lives),
    }


def _order(tri: str, day: date) -> Order:
    name = tri.removeprefix("-")
    if name == "statut":
        kinds = _status(day)
        first: sa.ColumnElement[Any] = sa.case(*((kinds[status], rank) for rank, status in enumerate(RANKS)))
    else:
        first = SORTS[name]
    down = tri.startswith("-")
    if name == "nom":
        columns = [named, first] if down else [first]
    else:
        columns = [first] if name == "courriel" else [first, table.name_key]
    return Order([*columns, table.id], down)
