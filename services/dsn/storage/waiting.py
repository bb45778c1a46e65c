"""What came before what it is about: it waits, and counts as soon as that is known.

Whoever wrote the one may not have seen the other, written at the same moment by somebody else: so what is told waits
even when all of it seems to be there, until the job that looks at sites finds it, in a transaction of its own.
"""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.dsn.storage.failures import silent
from services.dsn.storage.sets import chunks
from services.dsn.storage.tables import crm, declaration, failure, rectification, refused_piece, site

_TOLD = (failure, rectification, refused_piece)


def release(connection: Connection) -> tuple[set[str], set[str]]:
    """Declarations whose establishment is now known leave quarantine, answers whose declaration is no longer wait, nor
    do facts whose establishment or flow is; the SIRETs of the first two, and those of the others. Their sites are to be
    looked at."""
    known = _release_declarations(connection) | _release_answers(connection)
    told: set[str] = set()
    for table in _TOLD:
        told |= _release_named(connection, table)
    return known, told | _release_failures_of_flows(connection)


def _release_declarations(connection: Connection) -> set[str]:
    waiting = declaration.c.quarantined_at.is_not(None)
    query = sa.select(declaration.c.siret).where(waiting, _of_a_site(declaration)).distinct()
    found = sorted(connection.execute(query).scalars())
    for some in chunks(found):
        released = sa.update(declaration).where(waiting, declaration.c.siret.in_(some))
        connection.execute(released.values(quarantined_at=None))
    return set(found)


def _release_answers(connection: Connection) -> set[str]:
    same = sa.and_(declaration.c.flow_id == crm.c.flow_id, declaration.c.flow_rank == crm.c.flow_rank)
    query = sa.select(crm.c.identity, declaration.c.siret).join(declaration, same).where(crm.c.waiting_at.is_not(None))
    found = connection.execute(query).all()
    _let_go(connection, crm, {row.identity for row in found})
    return {row.siret for row in found}


def _release_named(connection: Connection, table: sa.Table) -> set[str]:
    """Those of `table` that name an establishment and its month."""
    waiting = sa.and_(table.c.waiting_at.is_not(None), table.c.period.is_not(None))
    query = sa.select(table.c.identity, table.c.siret).where(waiting, _of_a_site(table))
    found = connection.execute(query).all()
    _let_go(connection, table, {row.identity for row in found})
    return {row.siret for row in found}


def _release_failures_of_flows(connection: Connection) -> set[str]:
    """Failures that name a flow and no month; all that is in the flow when they name no rank."""
    of_rank = sa.or_(failure.c.flow_rank.is_(None), declaration.c.flow_rank == failure.c.flow_rank)
    query = sa.select(failure.c.identity, declaration.c.siret).join(
        declaration, sa.and_(declaration.c.flow_id == failure.c.flow_id, of_rank)
    )
    found = connection.execute(query.where(failure.c.waiting_at.is_not(None), silent(failure))).all()
    _let_go(connection, failure, {row.identity for row in found})
    return {row.siret for row in found}


def _of_a_site(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.exists().where(site.c.siret == table.c.siret, site.c.withdrawn.is_(False))


def _let_go(connection: Connection, table: sa.Table, identities: Iterable[str]) -> None:
    for some in chunks(sorted(identities)):
        connection.execute(sa.update(table).where(table.c.identity.in_(some)).values(waiting_at=None))
