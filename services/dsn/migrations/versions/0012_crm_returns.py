"""What answers say in detail (code, severity, rubric, count), their nature, and which of them wait for a declaration;
the facts that the caisse's systems told, by their ids.

Only adds. The answers of before whose declaration is unknown begin to wait, so that it finds them when it comes.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import add_columns

revision = "0012"
down_revision = "0011"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

crm = sa.table("crm", *(sa.column(name) for name in ("flow_id", "flow_rank")), sa.column("waiting_at", Instant))
declaration = sa.table("declaration", *(sa.column(name) for name in ("flow_id", "flow_rank")))


def upgrade() -> None:
    """Two columns and two tables."""
    nature = sa.Column("nature", sa.String(40), nullable=False, server_default="CIBTP")
    add_columns(op, "crm", nature, sa.Column("waiting_at", Instant))
    unmatched = crm.c.waiting_at.is_not(None)
    columns = ["flow_id", "flow_rank"]
    op.create_index("crm_waiting", "crm", columns, postgresql_where=unmatched, sqlite_where=unmatched)
    op.create_table(
        "crm_return",
        sa.Column("identity", sa.String(64), sa.ForeignKey("crm.identity"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("severity", sa.String(12), nullable=False),
        sa.Column("rubric", sa.String(14)),
        sa.Column("count", sa.Integer, nullable=False),
        sa.CheckConstraint("severity IN ('INFORMATION', 'ANOMALIE', 'BLOQUANT')", name="crm_return_severity"),
        sa.CheckConstraint("count > 0", name="crm_return_count"),
    )
    op.create_table(
        "told_fact",
        sa.Column("client", sa.String(100), primary_key=True),
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("fact_id", sa.Uuid, nullable=False),
        sa.Column("told_at", Instant, nullable=False),
    )
    op.create_index("told_fact_by_age", "told_fact", ["told_at"])
    same = sa.and_(declaration.c.flow_id == crm.c.flow_id, declaration.c.flow_rank == crm.c.flow_rank)
    unknown = ~sa.exists().where(same)
    op.execute(sa.update(crm).where(unknown).values(waiting_at=LONG_AGO))
