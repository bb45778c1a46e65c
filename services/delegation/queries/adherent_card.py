"""The adhérent as its administrators see it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from contracts.words.kinds import Kind
from services.delegation.storage.delegations import LIVE, administrator
from services.delegation.storage.tables import adherents, delegations


def adherent_card(connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID) -> dict[str, Any]:
    """Who the company is, its accounting firm, and whether it delegated to it (G10, G21, G22)."""
    day = paris_day(clock.now())
    administrator(connection, account_id, adherent_id, day)
    row = connection.execute(sa.select(adherents).where(adherents.c.id == adherent_id)).mappings().one()
    to_firm = sa.select(delegations.c.id).where(
        delegations.c.adherent_id == adherent_id,
        delegations.c.kind == str(Kind.CABINET),
        delegations.c.parent_id.is_(None),
        delegations.c.last_day >= day,
        LIVE,
    )
    firm = {"nom": row["cabinet_nom"], "email": row["cabinet_email"] or None}
    return {
        "adherent_id": adherent_id,
        **{name: row[name] for name in ("identifiant", "raison_sociale", "siren", "caisse")},
        "cabinet_comptable": firm if firm["nom"] else None,
        "cabinet_delegated": connection.execute(to_firm.limit(1)).first() is not None,
    }
