"""What somebody waits for: delegations that he accepted and nobody confirmed yet, and those whose day comes later."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from contracts.words.statuses import Statut
from services.delegation.storage.delegations import LIVE
from services.delegation.storage.tables import adherents, delegations

MOST = 20  # shown to one person; the others come after them


def awaited(connection: Connection, *, clock: Clock, account_id: UUID) -> dict[str, Any]:
    """Those of the account that are not over and open nothing today, the nearest first: which company, « En attente »
    or « À venir », and from which day."""
    day, table = paris_day(clock.now()), delegations.c
    company = (adherents.c.raison_sociale, adherents.c.identifiant)
    query = sa.select(table.starts_on, table.confirmed_at, *company).join_from(delegations, adherents)
    unopened = sa.or_(table.confirmed_at.is_(None), table.starts_on > day)
    mine = (table.account_id == account_id, table.completed_at.is_not(None), LIVE, table.last_day >= day, unopened)
    nearest = query.where(*mine).order_by(table.starts_on, adherents.c.raison_key, table.id).limit(MOST)
    return {"items": [_item(row) for row in connection.execute(nearest).mappings()]}


def _item(row: Any) -> dict[str, Any]:
    said = {name: row[name] for name in ("raison_sociale", "identifiant", "starts_on")}
    return {**said, "statut": str(Statut.A_VENIR if row["confirmed_at"] else Statut.EN_ATTENTE)}
