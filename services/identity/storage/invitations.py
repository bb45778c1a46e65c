"""Links of invitations: only their SHA-256 is here, one live per delegation, consumed by one UPDATE (C4)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.domain.invitation import FORGETFUL, Ended, Sent
from services.identity.storage.delegations import HERE
from services.identity.storage.tables import accounts, delegations, invitations

LIVE = invitations.c.ended_at.is_(None)
OWN = invitations.c.share == FORGETFUL
_JOINED = invitations.join(delegations, invitations.c.delegation_id == delegations.c.delegation_id).join(
    accounts, invitations.c.account_id == accounts.c.account_id
)


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
    query = sa.select(*columns).where(mine, invitations.c.issued_at > since, HERE)
    return [Sent(*row) for row in connection.execute(query.select_from(_JOINED))]


def newest(connection: Connection, delegation_ids: Iterable[UUID]) -> dict[UUID, Any]:
    """The link of each of these delegations that was neither used nor superseded, expired or not; never a person's own,
    which is told to nobody."""
    mine = sa.and_(invitations.c.delegation_id.in_(list(delegation_ids)), ~OWN)
    columns = [invitations.c[name] for name in ("delegation_id", "invitation_id", "issued_at", "expires_at")]
    return {row.delegation_id: row for row in connection.execute(sa.select(*columns).where(LIVE, mine))}


def live(connection: Connection, token_hash: str, now: datetime) -> Any:
    """The link, its delegation and its address, while it can be used; None when it is dead, whatever killed it, or when
    the account that it was made for has another address by now."""
    usable = (invitations.c.token_hash == token_hash, LIVE, invitations.c.expires_at > now)
    return connection.execute(_with_delegation().where(*usable, HERE)).first()


def known(connection: Connection, token_hash: str) -> Any:
    """The same, dead or alive."""
    return connection.execute(_with_delegation().where(invitations.c.token_hash == token_hash)).first()


def consume(connection: Connection, token_hash: str, now: datetime) -> bool:
    """Use the link; False when it was dead. Of many at once, one succeeds."""
    statement = (
        sa.update(invitations)
        .where(invitations.c.token_hash == token_hash, LIVE, invitations.c.expires_at > now)
        .values(ended_at=now, ended_by=Ended.USED)
    )
    return connection.execute(statement).rowcount == 1


def _with_delegation() -> Any:
    return sa.select(
        invitations.c.account_id,
        invitations.c.delegation_id,
        invitations.c.expires_at,
        invitations.c.ended_by,
        invitations.c.share,
        delegations.c.adherent,
        delegations.c.kind,
        delegations.c.starts_on,
        delegations.c.ends_on,
        delegations.c.administrator,
        accounts.c.email,
        accounts.c.status,
    ).select_from(_JOINED)
