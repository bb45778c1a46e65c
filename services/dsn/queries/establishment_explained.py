"""The same for the caisse's systems, by SIRET: what waits in quarantine has no site yet."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import NotFound
from services.dsn.domain.site import Patience
from services.dsn.queries.explained import explained, read_period
from services.dsn.queries.site_alerts import Asked
from services.dsn.storage import declarations
from services.dsn.storage.calendar import MOVED
from services.dsn.storage.facts import KNOWN
from services.dsn.storage.tables import site


def establishment_explained(
    connection: Connection, *, siret: str, period: str, clock: Clock, patience: Patience
) -> dict[str, Any]:
    """The month « AAAA-MM » of each site at `siret`, and its declarations that wait for a site. NotFound when nothing
    of that month is known or expected there."""
    month, asked = read_period(period), Asked(clock.now(), patience)
    there = (
        sa.select(site, MOVED, *KNOWN)
        .where(site.c.siret == siret, site.c.withdrawn.is_(False))
        .order_by(site.c.site_id)
    )
    found = []
    for row in connection.execute(there).all():
        try:
            known = {name: getattr(row, name) for name in ("site_id", "caisse", "identifiant", "raison_sociale", "nom")}
            found.append({**known, **explained(connection, row, month, asked)})
        except NotFound:
            continue
    waiting = declarations.quarantined(connection, siret, month)
    if not (found or waiting):
        raise NotFound
    return {"siret": siret, "periode": str(month), "sites": found, "quarantine": waiting}
