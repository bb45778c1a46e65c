"""Accounts: found by folded address, locked before they change, changed by one conditional statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.messaging.announcing import page
from backbone.store.database import insert, one_of, one_of_value
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account, Proof
from services.identity.storage.tables import accounts, email_proofs, identifier_changes

COLUMNS = [accounts.c[name] for name in Account.__dataclass_fields__]
_SHOWN = sa.select(*COLUMNS, accounts.c.previous_login_at).where(accounts.c.account_id == sa.bindparam("shown_id"))


@dataclass(frozen=True)
class Credential:
    """An account with what proves its owner."""

    account: Account
    password_hash: str | None


@dataclass(frozen=True)
class Left:
    """An address that `account` left a moment ago and may take back until `until`: nobody's meanwhile."""

    account: Account
    until: datetime


@dataclass(frozen=True)
class Reserved:
    """Whose addresses are, by folded key: `accounts` have them; what was `left` is nobody's yet."""

    accounts: Mapping[str, Account]
    left: Mapping[str, Left]


def reserve(connection: Connection, addresses: Mapping[str, str], now: datetime) -> Reserved:
    """Whose `addresses` (folded key → as written) are: accounts are made when new, their rows locked until the end.

    An account that merely wants an address has no part in this. One that left it is known, and not locked.
    """
    if not addresses:
        return Reserved({}, {})
    common = {"status": Status.INVITE, "newsletter": False, "version": 1, "created_at": now}
    rows = [{"account_id": new_id(), "email": addresses[key], "email_key": key, **common} for key in sorted(addresses)]
    statement = insert(connection, accounts)
    statement = statement.on_conflict_do_update(
        index_elements=["email_key"], set_={"email_key": statement.excluded.email_key}
    ).returning(*COLUMNS)
    made = {row.email_key: account_of(row) for row in connection.execute(statement, rows)}
    # Looked up after the insert: only then is every change that was proved before it to be seen.
    left = _left(connection, list(made), now)
    if left:
        connection.execute(sa.delete(accounts).where(accounts.c.email_key.in_(list(left))))
    return Reserved({key: account for key, account in made.items() if key not in left}, left)


def free(connection: Connection, email: str, email_key: str, now: datetime) -> bool:
    """Whether this address is nobody's: no account has it, and none left it and may take it back."""
    return claim(connection, email, email_key, now) and not _left(connection, [email_key], now)


def claim(connection: Connection, email: str, email_key: str, now: datetime) -> bool:
    """Whether no account has this address. Whoever else wants it, an invitation or a proof, waits from now on until
    this transaction is over: it inserts the address, which only one can do at a time, and takes it out again.
    """
    row = {"account_id": new_id(), "email": email, "email_key": email_key, "newsletter": False, "version": 1}
    statement = insert(connection, accounts).values(**row, status=Status.INVITE, created_at=now)
    taken = connection.execute(statement.on_conflict_do_nothing().returning(accounts.c.account_id)).first() is None
    if not taken:
        connection.execute(sa.delete(accounts).where(accounts.c.account_id == row["account_id"]))
    return not taken


def _left(connection: Connection, email_keys: Sequence[str], now: datetime) -> dict[str, Left]:
    """Which of these addresses a proved change of address left, and until when it can be undone."""
    held, until = identifier_changes.c.held_key, identifier_changes.c.undo_expires_at
    query = sa.select(held, until, *COLUMNS).join(accounts, accounts.c.account_id == identifier_changes.c.account_id)
    proved = sa.and_(identifier_changes.c.ended_at.is_(None), identifier_changes.c.proved_at.is_not(None))
    still = query.where(proved, until > now, one_of(connection.dialect.name, held, "keys"))
    rows = connection.execute(still, {"keys": one_of_value(connection, held, email_keys)})
    return {row.held_key: Left(account_of(row), row.undo_expires_at) for row in rows}


def lock(connection: Connection, account_id: UUID) -> Account | None:
    """The account, whose row this transaction now holds."""
    query = sa.select(*COLUMNS).where(accounts.c.account_id == account_id).with_for_update()
    row = connection.execute(query).first()
    return account_of(row) if row else None


def completed(connection: Connection, after: UUID | None, limit: int) -> list[Account]:
    """The next accounts by id that somebody completed."""
    query = sa.select(*COLUMNS).where(accounts.c.status != Status.INVITE)
    return [account_of(row) for row in page(connection, query, accounts.c.account_id, after, limit)]


def lock_by_keys(connection: Connection, email_keys: Iterable[str]) -> list[Account]:
    """The accounts of these addresses, their rows held."""
    query = sa.select(*COLUMNS).where(accounts.c.email_key.in_(list(email_keys)))
    return [account_of(row) for row in connection.execute(query.order_by(accounts.c.email_key).with_for_update())]


def lock_many(connection: Connection, account_ids: Iterable[UUID]) -> dict[UUID, Account]:
    """These accounts, their rows held."""
    wanted = list(account_ids)
    if not wanted:
        return {}
    query = sa.select(*COLUMNS).where(accounts.c.account_id.in_(wanted))
    rows = connection.execute(query.order_by(accounts.c.email_key).with_for_update())
    return {row.account_id: account_of(row) for row in rows}


def credential_of(connection: Connection, account_id: UUID) -> Credential | None:
    """What proves the owner of an account."""
    query = sa.select(*COLUMNS, accounts.c.password_hash).where(accounts.c.account_id == account_id)
    row = connection.execute(query).first()
    return Credential(account_of(row), row.password_hash) if row else None


def change(
    connection: Connection, account_id: UUID, *, former_hash: str | None = None, **values: Any
) -> Account | None:
    """Set `values` on the account, as a new version; None when it is gone, or its password no more `former_hash`."""
    same = () if former_hash is None else (accounts.c.password_hash == former_hash,)
    statement = (
        sa.update(accounts)
        .where(accounts.c.account_id == account_id, *same)
        .values(version=accounts.c.version + 1, **values)
        .returning(*COLUMNS)
    )
    row = connection.execute(statement).first()
    return account_of(row) if row else None


def certify_mobile(connection: Connection, account_id: UUID, now: datetime, *, again: bool = False) -> Account | None:
    """The number of the account is certified, and it stays known that one was; or it is certified `again`, which leaves
    known since when it is."""
    if again:
        return change(connection, account_id, mobile_recertified_at=now)
    first = sa.func.coalesce(accounts.c.mobile_first_certified_at, now)
    return change(connection, account_id, mobile_certified_at=now, mobile_first_certified_at=first)


def was_certified(connection: Connection, account_id: UUID) -> bool:
    """Whether the account ever had a certified number."""
    query = sa.select(accounts.c.mobile_first_certified_at).where(accounts.c.account_id == account_id)
    return connection.execute(query).scalar_one_or_none() is not None


def activate(connection: Connection, account_ids: Iterable[UUID], now: datetime) -> list[Account]:
    """Make completed accounts active; those that changed."""
    statement = (
        sa.update(accounts)
        .where(accounts.c.account_id.in_(list(account_ids)), accounts.c.status == Status.COMPLETE)
        .values(status=Status.ACTIF, activated_at=now, email_certified_at=now, version=accounts.c.version + 1)
        .returning(*COLUMNS)
    )
    return [account_of(row) for row in connection.execute(statement)]


def shown(connection: Connection, account_id: UUID) -> Any:
    """The row behind « Bienvenue »: the account and its login before this one."""
    return connection.execute(_SHOWN, {"shown_id": account_id}).one()


def prove(connection: Connection, account_ids: Iterable[UUID], act: Proof, now: datetime) -> None:
    """Keep that `act` proved the address of these accounts (T4)."""
    rows = [{"proof_id": new_id(), "account_id": one, "act": act, "proved_at": now} for one in account_ids]
    if rows:
        connection.execute(sa.insert(email_proofs), rows)


def account_of(row: Any) -> Account:
    """The account in a row that has COLUMNS."""
    values = {name: getattr(row, name) for name in Account.__dataclass_fields__}
    return Account(**{**values, "status": Status(row.status)})
