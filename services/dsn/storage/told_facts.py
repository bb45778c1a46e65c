"""What the caisse's systems told, by the ids they gave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import told_fact


@dataclass(frozen=True)
class Claim:
    """The sender's id of a fact, the digest of what it says, and the id that the fact gets when it is new."""

    id: str
    digest: str
    fact_id: UUID


def claim(connection: Connection, client: str, claims: Sequence[Claim], now: datetime) -> Mapping[str, Claim]:
    """Remember those whose id `client` has not used; of each id, what is known of it now. Two requests with one id: the
    second waits here until the first has committed."""
    if not claims:
        return {}
    rows = [
        {"client": client, "id": one.id, "digest": one.digest, "fact_id": one.fact_id, "told_at": now}
        for one in sorted(claims, key=lambda one: one.id)
    ]
    connection.execute(insert(connection, told_fact).on_conflict_do_nothing(index_elements=["client", "id"]), rows)
    found: dict[str, Claim] = {}
    columns = (told_fact.c.id, told_fact.c.digest, told_fact.c.fact_id)
    for some in chunks({one.id for one in claims}):
        query = sa.select(*columns).where(told_fact.c.client == client, told_fact.c.id.in_(some))
        found.update({row.id: Claim(row.id, row.digest, row.fact_id) for row in connection.execute(query)})
    return found


def forget(connection: Connection, before: datetime, limit: int) -> int:
    """Forget at most `limit` of those told before `before`, oldest first; how many."""
    columns = (told_fact.c.client, told_fact.c.id)
    query = sa.select(*columns).where(told_fact.c.told_at < before).order_by(told_fact.c.told_at).limit(limit)
    oldest = [tuple(row) for row in connection.execute(query)]
    for some in chunks(oldest):
        connection.execute(sa.delete(told_fact).where(sa.tuple_(*columns).in_(some)))
    return len(oldest)
