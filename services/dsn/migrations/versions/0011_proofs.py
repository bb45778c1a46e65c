"""The proof of an alert that is over (docs/dsn.md, « Alerts »), and ranks of a flow without the zeros before them.

Only adds. « 01 » is « 1 »: what was kept under the first is found under the second, and the same declaration
sent again is known. Every site is looked at again by its own job: rules say something else of what is known.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import add_columns

revision = "0011"
down_revision = "0010"
DUE = datetime(2026, 1, 1, tzinfo=UTC)

site = sa.table("site", sa.column("withdrawn", sa.Boolean), sa.column("next_eval_at", Instant))
_NAMES = ("identity", "flow_id", "flow_rank")
declaration = sa.table("declaration", *(sa.column(name, sa.String) for name in _NAMES))
crm = sa.table("crm", *(sa.column(name, sa.String) for name in _NAMES))


def upgrade() -> None:
    """Two columns, the ranks, and a look at every site."""
    for table in ("alert", "alert_event"):
        add_columns(op, table, sa.Column("proof", sa.String(64)))
    for row in _zeros(declaration):
        rank = row.flow_rank.lstrip("0") or "0"
        identity = hashlib.sha256(f"{row.flow_id}|{rank}".encode("latin-1")).hexdigest()
        known = sa.select(declaration.c.identity).where(declaration.c.identity == identity)
        if op.get_bind().execute(known).first() is None:
            mine = sa.update(declaration).where(declaration.c.identity == row.identity)
            op.execute(mine.values(identity=identity, flow_rank=rank))
    for row in _zeros(crm):
        mine = sa.update(crm).where(crm.c.identity == row.identity)
        op.execute(mine.values(flow_rank=row.flow_rank.lstrip("0") or "0"))
    op.execute(sa.update(site).where(site.c.withdrawn.is_(False)).values(next_eval_at=DUE))


def _zeros(table: sa.TableClause) -> list[Any]:
    """The rows whose rank is written with zeros before it."""
    written = table.c.flow_rank.startswith("0")
    rows = op.get_bind().execute(sa.select(table.c.identity, table.c.flow_id, table.c.flow_rank).where(written))
    return [row for row in rows if row.flow_rank.isascii() and row.flow_rank.isdigit() and row.flow_rank != "0"]
