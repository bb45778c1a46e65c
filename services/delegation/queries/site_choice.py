"""One site déclarant that an account may choose today, and what it may do there (AA23)."""

from datetime import date
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

# The site, and whether the account may choose another one.
_SITE = sa.select(
    *(*SHOWN, adherents.c.siren, adherents.c.caisse),
    sa.exists()
    .where(*usable(sa.bindparam("account_id"), sa.bindparam("day")), site_access.c.site_id != sa.bindparam("site_id"))
    .label("has_others"),
)
_SITE = _SITE.join_from(sites, adherents).where(sites.c.id == sa.bindparam("site_id"))


def site_choice(connection: Connection, *, clock: Clock, account_id: UUID, site_id: UUID) -> dict[str, Any]:
    """One site of the account, its adhérent, and what the account may do there. NotFound otherwise (AA23)."""
    return choice_and_holder(connection, account_id, site_id, paris_day(clock.now()))[0]


def choice_and_holder(
    connection: Connection, account_id: UUID, site_id: UUID, day: date
) -> tuple[dict[str, Any], Delegation]:
    """The same with the delegation that opens it."""
    asked = {"account_id": account_id, "site_id": site_id, "day": day}
    row = connection.execute(_SITE, asked).mappings().one_or_none()
    if row is None:
        raise NotFound
    held = holder(connection, account_id, row["adherent_id"], day)
    names = ("adherent_id", "identifiant", "raison_sociale", "siren", "caisse")
    return {**row, "adherent": {name: row[name] for name in names}, "access": _access(held)}, held


def _access(held: Delegation) -> dict[str, Any]:
    return {
        "delegation_id": held.id,
        **held.effective.scope.as_plain(),
        "role": str(held.role),
        "kind": str(held.kind),
        "ends_on": held.effective.period.ends_on,
    }
