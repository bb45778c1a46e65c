"""Facts told beside files wait until what they are about is known, as answers do; months are counted by their state.

Only adds. Those of before wait from now on too: the next run finds what most of them are about and looks once more.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import add_columns

revision = "0014"
down_revision = "0013"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    """A column of each kind, and what of it waits; what the sweep counts."""
    for name in ("refused_piece", "failure", "rectification"):
        add_columns(op, name, sa.Column("waiting_at", Instant))
        table = sa.table(name, sa.column("waiting_at", Instant))
        waiting = table.c.waiting_at.is_not(None)
        op.create_index(f"{name}_waiting", name, ["identity"], postgresql_where=waiting, sqlite_where=waiting)
        op.execute(sa.update(table).values(waiting_at=LONG_AGO))
    op.create_table(
        "month_count",
        sa.Column("state", sa.String(30), primary_key=True),
        sa.Column("months", sa.Integer, nullable=False),
    )
