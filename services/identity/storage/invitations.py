"""Links of invitations: one live per delegation for whoever delegated, and one that the person asked for himself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.domain.invitation import FORGETFUL, Ended, Sent
from services.identity.domain.link import Purpose
from services.identity.storage.links import KEPT
from services.identity.storage.tables import invitations

LINKS = KEPT[Purpose.INVITATION]
LIVE = LINKS.going
OWN = invitations.c.share == FORGETFUL


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep new links, in one statement."""
    if rows:
        connection.execute(sa.insert(invitations), list(rows))


def end(connection: Connection, delegation_ids: Iterable[UUID], by: Ended, now: datetime) -> None:
    """Kill the live links of these delegations."""
    condition = invitations.c.delegation_id.in_(list(delegation_ids))
    connection.execute(sa.update(invitations).where(LIVE, condition).values(ended_at=now, ended_by=by))


def supersede(connection: Connection, delegation_ids: Iterable[UUID], now: datetime) -> None:
    """Kill the live links that were made for whoever delegated; the person's own go on living."""
    theirs = sa.and_(invitations.c.delegation_id.in_(list(delegation_ids)), ~OWN)
    connection.execute(sa.update(invitations).where(LIVE, theirs).values(ended_at=now, ended_by=Ended.SUPERSEDED))


def supersede_own(connection: Connection, rows: Sequence[Any], now: datetime) -> None:
    """Kill the live links that the people of these delegations asked for themselves, and what a former owner of the
    address asked for the same delegation: only one can live."""
    theirs, these = ([getattr(row, name) for row in rows] for name in ("account_id", "delegation_id"))
    own = sa.and_(OWN, sa.or_(invitations.c.account_id.in_(theirs), invitations.c.delegation_id.in_(these)))
    connection.execute(sa.update(invitations).where(LIVE, own).values(ended_at=now, ended_by=Ended.SUPERSEDED))


def end_all_of(connection: Connection, account_id: UUID, now: datetime) -> None:
    """Kill the other live links of an account that was completed."""
    condition = invitations.c.account_id == account_id
    connection.execute(sa.update(invitations).where(LIVE, condition).values(ended_at=now, ended_by=Ended.USED))


def sent_since(connection: Connection, account_ids: Iterable[UUID], since: datetime) -> list[Sent]:
    """The links made for these accounts since then, for the mailbox that each has: what went to a former one of theirs
    must not be told by what the next one bears."""
    columns = [invitations.c[name] for name in ("account_id", "adherent_id", "issued_at", "share")]
    mine = invitations.c.account_id.in_(list(account_ids))
    query = sa.select(*columns).where(mine, invitations.c.issued_at > since, LINKS.reaches)
    return [Sent(*row) for row in connection.execute(query.select_from(LINKS.source))]


def note_opening(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Keep that this link was opened; False when that was kept before, or is told to nobody."""
    first = sa.and_(LINKS.find(token_hash), LIVE, ~OWN, invitations.c.opened_at.is_(None))
    return connection.execute(sa.update(invitations).where(first).values(opened_at=now)).rowcount == 1


def newest(connection: Connection, delegation_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """The link of each of these delegations that was neither used nor superseded, expired or not; never a person's own,
    which is told to nobody."""
    mine = sa.and_(invitations.c.delegation_id.in_(list(delegation_ids)), ~OWN)
    columns = [
        invitations.c[name] for name in ("delegation_id", "invitation_id", "issued_at", "opened_at", "expires_at")
    ]
    return {row.delegation_id: row for row in connection.execute(sa.select(*columns).where(LIVE, mine))}
