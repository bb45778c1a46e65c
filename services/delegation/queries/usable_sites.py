"""Which sites déclarants an account may choose on a day, and what is shown of each."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.delegation.storage.tables import adherents, site_access, sites

SHOWN = (
    sites.c.id.label("site_id"),
    sites.c.siret,
    sites.c.nom,
    sites.c.adherent_id,
    adherents.c.raison_sociale,
    adherents.c.identifiant,
)


def usable(
    account_id: UUID | sa.BindParameter[Any], day: date | sa.BindParameter[Any]
) -> tuple[sa.ColumnElement[bool], ...]:
    """The rows of `site_access` that `account_id` may use on `day`."""
    return (site_access.c.account_id == account_id, site_access.c.starts_on <= day, site_access.c.last_day >= day)
