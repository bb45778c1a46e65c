"""The attestations of one's own delegations for one adhérent, newest first (« Mes documents récents », G69)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.web import page_of
from services.delegation.queries.own import mine
from services.delegation.storage.attestation_tables import attestations
from services.delegation.storage.tables import delegations


def own_attestations(
    connection: Connection, *, account_id: UUID, adherent_id: UUID, page: int = 1, page_size: int = 25
) -> dict[str, Any]:
    """One page of those that can be opened: of a delegation as it is, not as it was before it changed (decision 61)."""
    as_it_is = sa.and_(
        attestations.c.delegation_id == delegations.c.id, attestations.c.version == delegations.c.sequence
    )
    columns = [attestations.c[name] for name in ("delegation_id", "number", "issued_at")]
    found = sa.select(*columns).join_from(delegations, attestations, as_it_is)
    found = found.where(*mine(account_id), delegations.c.adherent_id == adherent_id)
    total = connection.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    newest = found.order_by(attestations.c.issued_at.desc(), attestations.c.number)
    rows = connection.execute(newest.limit(page_size).offset((page - 1) * page_size)).mappings()
    return page_of([dict(row) for row in rows], total, page, page_size)
