"""Lines of the journal as people are told them: who, for whom, what was before and what after (D18, K10)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from contracts.words.changes import differences
from contracts.words.journal import Behalf
from contracts.words.kinds import Kind
from services.delegation.domain.authority import author_shown
from services.delegation.domain.behalf import Held, acted_for
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.rows import grant_of
from services.delegation.storage.sight import accounts_seen
from services.delegation.storage.tables import delegations, journal

_earlier = journal.alias("earlier")
# What the delegation of a line was worth before it: its line of the version before.
BEFORE = (
    sa.select(_earlier.c.scope)
    .where(_earlier.c.delegation_id == journal.c.delegation_id, _earlier.c.sequence < journal.c.sequence)
    .order_by(_earlier.c.sequence.desc())
    .limit(1)
    .scalar_subquery()
    .label("before")
)


def told(connection: Connection, reader: Delegation, rows: Sequence[RowMapping]) -> list[dict[str, Any]]:
    """The lines of `rows` (those of the journal, with BEFORE) as `reader` may read them, in their order."""
    seen = accounts_seen(connection, reader)
    held = _held(connection, reader.adherent_id, {row["author_id"] for row in rows if row["author_id"]})
    return [
        {
            **row,
            "author": author_shown(row["author"], row["author_id"], seen),
            "on_behalf_of": _behalf(row, held, seen),
            "changes": [asdict(one) for one in differences(_grant(row["before"]), grant_of(row["scope"]).as_plain())],
        }
        for row in rows
    ]


def _grant(scope: dict[str, Any] | None) -> dict[str, Any] | None:
    return grant_of(scope).as_plain() if scope else None


def _behalf(row: RowMapping, held: dict[UUID, list[Held]], seen: set[UUID] | None) -> Behalf | None:
    """Whom the author spoke for; nobody who is a program. Who is not shown is of the company, as his name says."""
    if row["author_id"] is None:
        return None
    if seen is not None and row["author_id"] not in seen:
        return Behalf.COMPANY
    return acted_for(held[row["author_id"]], row["at"])


def _held(connection: Connection, adherent_id: UUID, authors: Iterable[UUID]) -> dict[UUID, list[Held]]:
    """What each of these accounts has, or had, of the adhérent."""
    table, found = delegations.c, defaultdict[UUID, list[Held]](list)
    theirs = (table.adherent_id == adherent_id, table.account_id.in_(list(authors)), table.completed_at.is_not(None))
    for row in connection.execute(
        sa.select(table.account_id, table.kind, table.completed_at, table.closed_at).where(*theirs)
    ):
        found[row.account_id].append(Held(Kind(row.kind), row.completed_at, row.closed_at))
    return found
