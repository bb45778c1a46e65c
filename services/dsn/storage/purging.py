"""Forgetting what is older than what is judged, a batch at a time: facts by their month, imports by their day.

The facts of a month in which an establishment asked to leave the DSN stay: because of them nothing is expected later.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.domain.periods import Period
from services.dsn.domain.retention import begins_at
from services.dsn.storage import sites
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import (
    alert,
    alert_event,
    alert_seen,
    calendar_override,
    crm,
    crm_return,
    declaration,
    failure,
    import_batch,
    import_item,
    rectification,
    refused_piece,
    told_fact,
)

# Every table that is emptied in time; `site` and `adherent` are the referential's.
FORGOTTEN = (
    declaration,
    crm,
    crm_return,
    told_fact,  # within months, by a job of its own
    refused_piece,
    failure,
    rectification,
    alert,
    alert_event,
    alert_seen,
    calendar_override,
    import_batch,
    import_item,
)


def purge(connection: Connection, oldest: Period, limit: int) -> int:
    """Forget at most about `limit` rows of each kind that are older than `oldest`; how many rows."""
    facts = [_facts(connection, table, oldest, limit) for table in (refused_piece, failure, rectification)]
    return (
        sum(facts)
        + _declarations(connection, oldest, limit)
        + _answers(connection, oldest, limit)
        + _overrides(connection, oldest)
        + _imports(connection, oldest, limit)
        + _alerts(connection, oldest, limit)  # last, for it takes sites: who moves a due date does so after its row
    )


def _old(table: sa.Table, oldest: Period) -> sa.ColumnElement[bool]:
    """Of a month before `oldest`, and not of one in which its establishment asked to leave."""
    leaving = declaration.alias("leaving")
    same = sa.and_(leaving.c.siret == table.c.siret, leaving.c.period == table.c.period, leaving.c.exit_requested)
    return sa.and_(table.c.period < str(oldest), ~sa.exists().where(same))


def _facts(connection: Connection, table: sa.Table, oldest: Period, limit: int) -> int:
    old = _old(table, oldest)
    if table is failure:  # one that names a flow has no month
        old = sa.or_(old, sa.and_(table.c.period.is_(None), table.c.failed_at < begins_at(oldest)))
    found = connection.execute(sa.select(table.c.identity).where(old).limit(limit)).scalars().all()
    return _delete(connection, table.c.identity, found)


def _declarations(connection: Connection, oldest: Period, limit: int) -> int:
    columns = (declaration.c.identity, declaration.c.flow_id, declaration.c.flow_rank)
    rows = connection.execute(sa.select(*columns).where(_old(declaration, oldest)).limit(limit)).all()
    flows = [(row.flow_id, row.flow_rank) for row in rows if row.flow_id is not None]
    count = 0
    for some in chunks(flows):
        of_flows = sa.tuple_(crm.c.flow_id, crm.c.flow_rank).in_(some)
        returns = sa.delete(crm_return).where(crm_return.c.identity.in_(sa.select(crm.c.identity).where(of_flows)))
        count += connection.execute(returns).rowcount + connection.execute(sa.delete(crm).where(of_flows)).rowcount
    return count + _delete(connection, declaration.c.identity, [row.identity for row in rows])


def _answers(connection: Connection, oldest: Period, limit: int) -> int:
    """Answers whose declaration never came, by the day they came themselves."""
    came = sa.and_(import_batch.c.import_id == crm.c.import_id, import_batch.c.started_at < begins_at(oldest))
    same = sa.and_(declaration.c.flow_id == crm.c.flow_id, declaration.c.flow_rank == crm.c.flow_rank)
    old = sa.or_(sa.exists().where(came), crm.c.waiting_at < begins_at(oldest))
    orphan = sa.select(crm.c.identity).where(old, ~sa.exists().where(same))
    found = connection.execute(orphan.limit(limit)).scalars().all()
    return _delete(connection, crm_return.c.identity, found) + _delete(connection, crm.c.identity, found)


def _alerts(connection: Connection, oldest: Period, limit: int) -> int:
    """Alerts that are over, their history, who saw them. An open one is ended first, when its site is looked at."""
    over = sa.and_(alert.c.period < str(oldest), alert.c.ended_at.is_not(None))
    rows = connection.execute(sa.select(alert.c.alert_id, alert.c.site_id).where(over).limit(limit)).all()
    sites.locked(connection, {row.site_id for row in rows})
    ids = [row.alert_id for row in rows]
    columns = (alert_event.c.alert_id, alert_seen.c.alert_id, alert.c.alert_id)
    return sum(_delete(connection, column, ids) for column in columns)


def _overrides(connection: Connection, oldest: Period) -> int:
    return connection.execute(sa.delete(calendar_override).where(calendar_override.c.period < str(oldest))).rowcount


def _imports(connection: Connection, oldest: Period, limit: int) -> int:
    """The oldest import: its lines, and itself once none is left."""
    old = sa.select(import_batch.c.import_id).where(import_batch.c.started_at < begins_at(oldest))
    found = connection.scalar(old.order_by(import_batch.c.started_at).limit(1))
    if found is None:
        return 0
    mine = import_item.c.import_id == found
    some = sa.select(import_item.c.number).where(mine).limit(limit)
    count = connection.execute(sa.delete(import_item).where(mine, import_item.c.number.in_(some))).rowcount
    return count + (_delete(connection, import_batch.c.import_id, [found]) if count < limit else 0)


def _delete(connection: Connection, column: sa.Column[Any], values: Sequence[Any] | Iterable[Any]) -> int:
    deleted = (connection.execute(sa.delete(column.table).where(column.in_(some))) for some in chunks(values))
    return sum(one.rowcount for one in deleted)
