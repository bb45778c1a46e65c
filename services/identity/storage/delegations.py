"""Delegations as identity needs them: who is awaited, by which adhérent, for which days. A projection of events."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.messaging.projections import Projection
from backbone.shape.aside import without
from contracts.events.stated import DELEGATION_STATED
from contracts.words.statuses import WaitsFor
from services.identity.domain.account import Account
from services.identity.domain.invitation import FORGETFUL, Awaited, Ended
from services.identity.storage.tables import accounts, delegations, invitations

ADDRESS = ("email", "email_key")
TERMS = ("administrator", "colleges", "rights", "starts_on", "ends_on")
AWAITED = Projection(
    "delegation", "delegations", delegations, "delegation_id", fixed=("adherent_id",), stated=DELEGATION_STATED.type
)
# Rows of the version before have no address: theirs is the account's.
HERE = sa.or_(delegations.c.email_key == accounts.c.email_key, delegations.c.email_key.is_(None))


def project(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the newest state of each delegation."""
    AWAITED.keep(connection, rows)


def fresh(connection: Connection, said: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Which of these delegations (delegation_id, epoch, sequence) are not known, or only older."""
    newest = {row["delegation_id"]: row for row in sorted(AWAITED.current(connection, said), key=_order)}
    columns = (delegations.c.delegation_id, delegations.c.epoch, delegations.c.sequence)
    query = sa.select(*columns).where(delegations.c.delegation_id.in_(list(newest)))
    known = {row.delegation_id: (row.epoch, row.sequence) for row in connection.execute(query)}
    return {id for id, row in newest.items() if id not in known or known[id] < _order(row)}


def _order(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["epoch"], row["sequence"]


def end_unsaid(connection: Connection, epoch: int) -> list[UUID]:
    """Nobody is awaited for what delegation did not say in `epoch`; which delegations that were."""
    return AWAITED.end(connection, epoch, delegations.c.state != Awaited.OVER, state=Awaited.OVER)


def held(connection: Connection, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """The rows of these delegations, by delegation."""
    rows = connection.execute(sa.select(delegations).where(delegations.c.delegation_id.in_(list(ids)))).mappings()
    return {row["delegation_id"]: dict(row) for row in rows}


def open_ids(connection: Connection, after: UUID | None, limit: int) -> list[UUID]:
    """The next ids of those that are not over."""
    later = () if after is None else (delegations.c.delegation_id > after,)
    query = sa.select(delegations.c.delegation_id).where(delegations.c.state != Awaited.OVER, *later)
    return list(connection.scalars(query.order_by(delegations.c.delegation_id).limit(limit)))


def doubt(connection: Connection, ids: Collection[UUID]) -> None:
    """Whatever is said of these next is newer than what is held."""
    mine = delegations.c.delegation_id.in_(list(ids))
    connection.execute(sa.update(delegations).where(mine).values(epoch=0, sequence=-1))


def end_unknown(connection: Connection, ids: Collection[UUID]) -> None:
    """Nobody is awaited for these, which delegation does not know."""
    mine = delegations.c.delegation_id.in_(list(ids))
    connection.execute(sa.update(delegations).where(mine).values(state=Awaited.OVER))


def invited(connection: Connection, after: UUID | None, limit: int) -> list[Any]:
    """The next delegations by id that wait for their beneficiary, and whose invitation was told of."""
    later = () if after is None else (delegations.c.delegation_id > after,)
    return _pending(connection, delegations.c.standings > 0, *later, limit=limit)


def uninvited(connection: Connection, delegation_ids: Iterable[UUID]) -> list[Any]:
    """Those of `delegation_ids` that wait for their beneficiary, and for which no link lives, was used or will leave.
    Those that died with a closing which delegation does not know any more are none, nor are those that such a one had
    superseded: their reader cannot ask for another. Nor is what the person asked for himself."""
    invited = sa.exists().where(
        invitations.c.delegation_id == delegations.c.delegation_id,
        invitations.c.share != FORGETFUL,
        sa.or_(invitations.c.ended_by.is_(None), invitations.c.ended_by == Ended.USED),
    )
    mine = delegations.c.delegation_id.in_(list(delegation_ids))
    return _pending(connection, mine, ~invited, delegations.c.next_at.is_(None))


def pending(connection: Connection, delegation_ids: Iterable[UUID]) -> list[Any]:
    """Those of `delegation_ids` that wait for their beneficiary."""
    return _pending(connection, delegations.c.delegation_id.in_(list(delegation_ids)))


def answered(connection: Connection, delegation_ids: Iterable[UUID]) -> set[UUID]:
    """Those of `delegation_ids` whose beneficiary acted: he completed his account from them, or accepted."""
    mine = delegations.c.delegation_id.in_(list(delegation_ids))
    acted = delegations.c.state.in_((Awaited.IDENTIFIED, Awaited.CONFIRMED))
    return set(connection.execute(sa.select(delegations.c.delegation_id).where(mine, acted)).scalars())


def over(connection: Connection, delegation_ids: Iterable[UUID]) -> set[UUID]:
    """Those of `delegation_ids` that are over, as far as is known by now."""
    mine = delegations.c.delegation_id.in_(list(delegation_ids))
    query = sa.select(delegations.c.delegation_id).where(mine, delegations.c.state == Awaited.OVER)
    return set(connection.execute(query).scalars())


def newest_pending(connection: Connection, account_ids: Iterable[UUID]) -> list[Any]:
    """Of each of these accounts, the newest delegation that waits for it at the address it has."""
    rows = _pending(connection, delegations.c.account_id.in_(list(account_ids)), HERE)
    return list({row.account_id: row for row in rows}.values())


def due(connection: Connection, now: datetime, limit: int, beside: Collection[UUID]) -> list[UUID]:
    """Delegations whose next link is to leave by itself, those that waited longest first, without those set aside."""
    waits = sa.and_(delegations.c.state == Awaited.PENDING, delegations.c.next_at <= now)
    query = sa.select(delegations.c.delegation_id).where(waits, without(delegations.c.delegation_id, beside))
    oldest = query.order_by(delegations.c.next_at, delegations.c.delegation_id).limit(limit)
    return list(connection.execute(oldest).scalars())


def still_due(connection: Connection, delegation_ids: Iterable[UUID], now: datetime) -> list[Any]:
    """Those of them that are due once their accounts are held."""
    mine = delegations.c.delegation_id.in_(list(delegation_ids))
    return _pending(connection, mine, delegations.c.next_at <= now)


def stand(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep where these invitations stand: what waits, and how many standings there were."""
    if rows:
        names = ("next_at", "waits_for", "standings")
        settable: dict[str, Any] = {name: sa.bindparam(f"new_{name}", type_=delegations.c[name].type) for name in names}
        mine = delegations.c.delegation_id == sa.bindparam("of_delegation")
        values = [
            {"of_delegation": row["delegation_id"], **{f"new_{name}": row[name] for name in names}} for row in rows
        ]
        connection.execute(sa.update(delegations).where(mine).values(settable), values)


def give(connection: Connection, delegation_ids: Iterable[UUID], owners: Mapping[str, UUID]) -> None:
    """These delegations are for whoever has their address now, by its folded key."""
    ids = list(delegation_ids)
    for email_key, account_id in owners.items():
        mine = sa.and_(delegations.c.delegation_id.in_(ids), delegations.c.email_key == email_key)
        connection.execute(sa.update(delegations).where(mine).values(account_id=account_id))


def make_due(connection: Connection, account_id: UUID, now: datetime) -> int:
    """Whose are those that wait for this account is to be looked at again, if that is another address than it has, or
    waited for its address to be somebody's; how many there are."""
    address = sa.select(accounts.c.email_key).where(accounts.c.account_id == account_id).scalar_subquery()
    moved = sa.or_(delegations.c.email_key != address, delegations.c.waits_for == WaitsFor.ADRESSE_RETENUE)
    mine = sa.and_(delegations.c.account_id == account_id, delegations.c.state == Awaited.PENDING, moved)
    return connection.execute(sa.update(delegations).where(mine).values(next_at=now)).rowcount


def identify(
    connection: Connection, account_id: UUID, email_key: str, only: Iterable[UUID] | None = None
) -> list[UUID]:
    """The delegations (of `only`, or any) that waited for this account at this address; they do so no longer."""
    theirs = sa.or_(delegations.c.email_key == email_key, delegations.c.email_key.is_(None))
    these = [] if only is None else [delegations.c.delegation_id.in_(list(only))]
    statement = (
        sa.update(delegations)
        .where(delegations.c.account_id == account_id, theirs, delegations.c.state == Awaited.PENDING, *these)
        .values(state=Awaited.IDENTIFIED)
        .returning(delegations.c.delegation_id)
    )
    return sorted(connection.execute(statement).scalars())


def addressed_to(connection: Connection, account: Account, ids: Collection[UUID], day: date) -> list[UUID]:
    """Those that are for this account at the address it has: to be accepted on `day`, or accepted before."""
    live = sa.or_(_to_accept(day), delegations.c.state.in_((Awaited.IDENTIFIED, Awaited.CONFIRMED)))
    these = (delegations.c.delegation_id.in_(list(ids)), accounts.c.account_id == account.account_id)
    query = sa.select(delegations.c.delegation_id).join(accounts).where(*these, HERE, live)
    return sorted(connection.execute(query).scalars())


def to_accept(
    connection: Connection, account_id: UUID, day: date, *, page: int, page_size: int
) -> tuple[list[Any], int]:
    """A page of what waits for this account at the address it has, the oldest first, and how many there are."""
    names = ("delegation_id", "adherent", "kind", *TERMS)
    mine = (accounts.c.account_id == account_id, HERE, _to_accept(day))
    query = sa.select(*(delegations.c[name] for name in names)).join(accounts).where(*mine)
    total = connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()
    ordered = query.order_by(delegations.c.delegation_id).limit(page_size).offset((page - 1) * page_size)
    return list(connection.execute(ordered)), total


def _to_accept(day: date) -> Any:
    """Pending, and not over by its own date de fin."""
    still = sa.or_(delegations.c.ends_on.is_(None), delegations.c.ends_on >= day)
    return sa.and_(delegations.c.state == Awaited.PENDING, still)


def confirmed_accounts(connection: Connection, delegation_ids: Iterable[UUID]) -> set[UUID]:
    """The accounts of those of `delegation_ids` that stand confirmed."""
    query = sa.select(delegations.c.account_id).where(
        delegations.c.delegation_id.in_(list(delegation_ids)), delegations.c.state == Awaited.CONFIRMED
    )
    return set(connection.execute(query).scalars())


def _pending(connection: Connection, *conditions: Any, limit: int | None = None) -> list[Any]:
    """With the address that was asked for; rows of the version before have none, theirs is the account's."""
    address = {name: sa.func.coalesce(delegations.c[name], accounts.c[name]).label(name) for name in ADDRESS}
    rest = [column for column in delegations.c if column.name not in ADDRESS]
    joined = delegations.join(accounts, accounts.c.account_id == delegations.c.account_id)
    query = sa.select(*rest, *address.values()).select_from(joined)
    still = query.where(delegations.c.state == Awaited.PENDING, *conditions)
    return list(connection.execute(still.order_by(delegations.c.delegation_id).limit(limit)))
