"""How often one client looked at numbers of attestations within the minute: one row each, counted where it is kept."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.secrets import digest
from backbone.store.database import insert
from services.delegation.storage.attestation_tables import attestation_looks

KEPT = 60  # minutes


def count(connection: Connection, client: str, now: datetime) -> int:
    """How often `client` looked in this minute, this time included. Who is new in it takes away rows of an hour ago."""
    minute, table = int(now.timestamp()) // 60, attestation_looks
    row = insert(connection, table).values(minute=minute, client=digest(client), count=1)
    one_more = row.on_conflict_do_update(index_elements=["minute", "client"], set_={"count": table.c.count + 1})
    counted = int(connection.execute(one_more.returning(table.c.count)).scalar_one())
    if counted == 1:
        connection.execute(sa.delete(table).where(table.c.minute < minute - KEPT))
    return counted
