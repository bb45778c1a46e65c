"""The projection of identity's accounts: the names and addresses that the lists show."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.messaging.projections import Projection
from backbone.store.database import insert
from contracts.events.stated import ACCOUNT_STATED
from contracts.rules.folding import name_key
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Beneficiary
from services.delegation.storage.delegations import lock
from services.delegation.storage.tables import account_key, accounts, delegations

ACCOUNTS = Projection("identity", "accounts", accounts, "account_id", stated=ACCOUNT_STATED.type)
# The version before identified whoever had an account without any act of his, and hid his name: nobody reads it before
# the company confirms (K14).
NAMED = sa.or_(delegations.c.confirmed_at.is_not(None), delegations.c.nom.is_not(None))


def meet(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Those of these accounts that nobody had told of, which are. From now on there is a row of each, to be `held`:
    whoever else is told of them first, in a transaction of his own, is waited for."""
    said = ACCOUNTS.current(connection, rows)
    new = [{**row, "sequence": 0} for row in sorted(said, key=lambda row: row["account_id"].int)]
    if not new:
        return set()
    statement = insert(connection, accounts).on_conflict_do_nothing().returning(accounts.c.account_id)
    return set(connection.execute(statement, new).scalars())


def project(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the newest state of these accounts, and show it on all of their delegations that show a person (K14)."""
    ACCOUNTS.keep(connection, rows)
    ids = [row["account_id"] for row in rows]
    # Held, so that nobody who read the former names writes them back.
    lock(connection, connection.scalars(sa.select(delegations.c.adherent_id).where(delegations.c.account_id.in_(ids))))
    known = connection.execute(sa.select(accounts).where(accounts.c.account_id.in_(ids)))
    shown = [_shown(row) for row in known.mappings()]
    mine = sa.and_(delegations.c.account_id == sa.bindparam("of_account"), NAMED)
    names = ("nom", "prenom", "name_key", "email", "email_key")
    settable: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    # What nobody confirmed was asked of an address, and shows that one (K1).
    for name in ("email", "email_key"):
        told = (delegations.c.confirmed_at.is_not(None), settable[name])
        settable[name] = sa.case(told, else_=delegations.c[name])
    if shown:
        connection.execute(sa.update(delegations).where(mine).values(settable), shown)


def held(connection: Connection, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The addresses of these accounts, their rows held: of two changes of one account each is seen once."""
    mine = accounts.c.account_id.in_(list(account_ids))
    query = sa.select(accounts.c.account_id, accounts.c.email).where(mine).order_by(accounts.c.account_id)
    return {row.account_id: row.email for row in connection.execute(query.with_for_update())}


def owners(connection: Connection, email: str) -> list[UUID]:
    """The accounts whose address this is today; none for one that somebody left (K1)."""
    mine = account_key == same_address(email)
    return list(connection.scalars(sa.select(accounts.c.account_id).where(mine)))


def beneficiaries(connection: Connection, account_ids: Collection[UUID | None]) -> dict[UUID, Beneficiary]:
    """What is known of these accounts."""
    rows = connection.execute(sa.select(accounts).where(accounts.c.account_id.in_(list(account_ids)))).mappings()
    return {row["account_id"]: Beneficiary(row["email"], row["account_id"], row["nom"], row["prenom"]) for row in rows}


def _shown(row: RowMapping) -> dict[str, Any]:
    return {
        "of_account": row["account_id"],
        "new_nom": row["nom"],
        "new_prenom": row["prenom"],
        "new_name_key": name_key(row["nom"], row["prenom"], row["email"]),
        "new_email": row["email"],
        "new_email_key": same_address(row["email"]),
    }
