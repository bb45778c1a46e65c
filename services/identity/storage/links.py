"""The links of every purpose, by one set of statements: found by their SHA-256, used by one UPDATE (C4).

Each purpose declares where its rows are. They are five places in four tables for as long as the version before runs
beside this one; docs/decisions/0037 says when they become one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.domain.fate import Past
from services.identity.domain.identifier import Ended as ChangeEnded
from services.identity.domain.invitation import Ended
from services.identity.domain.link import Purpose
from services.identity.storage.delegations import HERE, TERMS
from services.identity.storage.tables import (
    accounts,
    certifications,
    delegations,
    identifier_changes,
    invitations,
    resets,
)


@dataclass(frozen=True)
class Kept:
    """Where the links of one purpose are. `going`: neither used nor replaced. `used`: what a use sets besides the time;
    `reaches`: what must hold besides for it to act. `shown`: the columns of who looks one up."""

    table: sa.Table
    going: sa.ColumnElement[bool]
    digest: str = "token_hash"
    until: str = "expires_at"
    used: Mapping[str, str] = field(default_factory=dict)
    reaches: sa.ColumnElement[bool] = field(default_factory=sa.true)
    shown: Sequence[sa.ColumnElement[Any]] = ()
    joined: sa.FromClause | None = None

    @property
    def source(self) -> sa.FromClause:
        """Its rows, with what they show of other tables."""
        return self.table if self.joined is None else self.joined

    def find(self, token_hash: str) -> sa.ColumnElement[bool]:
        """The row of that digest."""
        return self.table.c[self.digest] == token_hash

    def acting(self, now: datetime) -> sa.ColumnElement[bool]:
        """As `domain.link.acts`."""
        return sa.and_(self.going, self.table.c[self.until] > now)


def _own(table: sa.Table) -> Kept:
    """A link that is all that its row is: of an account, shown by its address."""
    joined = table.join(accounts, accounts.c.account_id == table.c.account_id)
    shown = (table.c.account_id, accounts.c.email)
    return Kept(table, table.c.ended_at.is_(None), used={"ended_by": Ended.USED}, shown=shown, joined=joined)


_INVITED = ("account_id", "delegation_id", "expires_at", "opened_at", "ended_by", "share")
_DELEGATED = ("adherent", "kind", *TERMS, "nom", "prenom")
_OPEN = identifier_changes.c.ended_at.is_(None)

KEPT: Mapping[Purpose, Kept] = {
    Purpose.INVITATION: Kept(
        invitations,
        invitations.c.ended_at.is_(None),
        used={"ended_by": Ended.USED},
        reaches=HERE,  # dead as well when the account that it was made for has another address by now
        shown=(
            *(invitations.c[name] for name in _INVITED),
            *(delegations.c[name] for name in _DELEGATED),
            accounts.c.email,
            accounts.c.status,
        ),
        joined=invitations.join(delegations, invitations.c.delegation_id == delegations.c.delegation_id).join(
            accounts, invitations.c.account_id == accounts.c.account_id
        ),
    ),
    Purpose.RESET: _own(resets),
    Purpose.CERTIFICATION: _own(certifications),
    # These two are steps of a change, which `storage.identifiers` takes.
    Purpose.IDENTIFIER: Kept(
        identifier_changes,
        sa.and_(_OPEN, identifier_changes.c.proved_at.is_(None)),
        digest="activation_hash",
        until="activation_expires_at",
    ),
    Purpose.UNDO: Kept(
        identifier_changes,
        sa.or_(_OPEN, identifier_changes.c.ended_by.in_([ChangeEnded.LAPSED, ChangeEnded.TAKEN])),
        digest="undo_hash",
        until="undo_expires_at",
    ),
}


def live(connection: Connection, purpose: Purpose, token_hash: str, now: datetime) -> Any:
    """What a link shows while it acts; None when it is dead, whatever killed it."""
    kept = KEPT[purpose]
    return _shown(connection, kept, kept.find(token_hash), kept.acting(now), kept.reaches)


def known(connection: Connection, purpose: Purpose, token_hash: str) -> Any:
    """The same, dead or alive; None when it was never ours."""
    kept = KEPT[purpose]
    return _shown(connection, kept, kept.find(token_hash))


def consume(connection: Connection, purpose: Purpose, token_hash: str, now: datetime) -> bool:
    """Use the link; False when it was dead. Of many at once, one succeeds."""
    kept = KEPT[purpose]
    mine = sa.update(kept.table).where(kept.find(token_hash), kept.acting(now))
    return connection.execute(mine.values(ended_at=now, **kept.used)).rowcount == 1


def add(connection: Connection, purpose: Purpose, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Keep new links of accounts; the former one of each dies."""
    if rows:
        end(connection, purpose, [row["account_id"] for row in rows], now, by=Ended.SUPERSEDED)
        connection.execute(sa.insert(KEPT[purpose].table), [{**row, "issued_at": now} for row in rows])


def past(connection: Connection, purpose: Purpose, token_hash: str, account_id: UUID) -> Past | None:
    """A link of this account as it is kept, dead or alive; None of any other, and of one that its account's present
    address has no part in."""
    kept = KEPT[purpose]
    columns = [kept.table.c[name] for name in (kept.until, "ended_at", "ended_by")]
    columns += [kept.table.c.proved_at] if "proved_at" in kept.table.c else []
    mine = sa.and_(kept.find(token_hash), kept.table.c.account_id == account_id, kept.reaches)
    row = connection.execute(sa.select(*columns).select_from(kept.source).where(mine)).first()
    return Past(*row) if row else None


def end(
    connection: Connection, purpose: Purpose, account_ids: Iterable[UUID], now: datetime, *, by: Ended | None = None
) -> None:
    """Kill the live links of these accounts; `by`: why, where their owner may be told."""
    kept = KEPT[purpose]
    theirs = kept.table.c.account_id.in_(list(account_ids))
    connection.execute(sa.update(kept.table).where(kept.going, theirs).values(ended_at=now, ended_by=by))


def purge(connection: Connection, purpose: Purpose, before: datetime) -> int:
    """Forget those whose time was over before; how many."""
    kept = KEPT[purpose]
    return connection.execute(sa.delete(kept.table).where(kept.table.c[kept.until] < before)).rowcount


def _shown(connection: Connection, kept: Kept, *conditions: sa.ColumnElement[bool]) -> Any:
    query = sa.select(*kept.shown).select_from(kept.source)
    return connection.execute(query.where(*conditions)).first()
