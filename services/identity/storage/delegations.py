"""Delegations as identity needs them: who is awaited, by which adhérent, for which days. A projection of events."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.database import upsert_newer
from services.identity.domain.invitation import Awaited
from services.identity.storage.tables import delegations, invitations


def project(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep the newest state of each delegation."""
    upsert_newer(connection, delegations, rows, key=("delegation_id",))


def uninvited(connection: Connection, delegation_ids: Iterable[UUID]) -> list[Any]:
    """Those of `delegation_ids` that wait for their beneficiary and for which no link was ever made."""
    invited = sa.exists().where(invitations.c.delegation_id == delegations.c.delegation_id)
    return _pending(connection, delegations.c.delegation_id.in_(list(delegation_ids)), ~invited)


def pending(connection: Connection, delegation_ids: Iterable[UUID]) -> list[Any]:
    """Those of `delegation_ids` that wait for their beneficiary."""
    return _pending(connection, delegations.c.delegation_id.in_(list(delegation_ids)))


def identify(connection: Connection, account_id: UUID) -> list[UUID]:
    """The delegations that waited for this account, which is now identified for all of them."""
    statement = (
        sa.update(delegations)
        .where(delegations.c.account_id == account_id, delegations.c.state == Awaited.PENDING)
        .values(state=Awaited.IDENTIFIED)
        .returning(delegations.c.delegation_id)
    )
    return sorted(connection.execute(statement).scalars())


def confirmed_accounts(connection: Connection, delegation_ids: Iterable[UUID]) -> set[UUID]:
    """The accounts of those of `delegation_ids` that stand confirmed."""
    query = sa.select(delegations.c.account_id).where(
        delegations.c.delegation_id.in_(list(delegation_ids)), delegations.c.state == Awaited.CONFIRMED
    )
    return set(connection.execute(query).scalars())


def _pending(connection: Connection, *conditions: Any) -> list[Any]:
    query = sa.select(delegations).where(delegations.c.state == Awaited.PENDING, *conditions)
    return list(connection.execute(query.order_by(delegations.c.delegation_id)))
