"""One site déclarant that an account may choose today, and what it may do there (AA23)."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import NotFound
from services.delegation.domain.delegation import Delegation
from services.delegation.queries.usable_sites import SHOWN, usable
from services.delegation.storage.delegations import holder
from services.delegation.storage.tables import adherents, site_access, sites


def site_choice(connection: Connection, *, clock: Clock, account_id: UUID, site_id: UUID) -> dict[str, Any]:
    """One site of the account, its adhérent, and what the account may do there. NotFound otherwise (AA23)."""
    query = sa.select(*SHOWN, adherents.c.siren, adherents.c.caisse).join_from(sites, adherents)
    row = connection.execute(query.where(sites.c.id == site_id)).mappings().one_or_none()
    if row is None:
        raise NotFound
    day = paris_day(clock.now())
    access = holder(connection, account_id, row["adherent_id"], day)
    others = sa.exists().where(*usable(account_id, day), site_access.c.site_id != site_id)
    names = ("adherent_id", "identifiant", "raison_sociale", "siren", "caisse")
    return {
        **row,
        "adherent": {name: row[name] for name in names},
        "access": _access(access),
        "has_others": bool(connection.scalar(sa.select(others))),
    }


def _access(held: Delegation) -> dict[str, Any]:
    return {
        "delegation_id": held.id,
        **held.effective.scope.as_plain(),
        "role": str(held.role),
        "kind": str(held.kind),
        "ends_on": held.effective.period.ends_on,
    }
