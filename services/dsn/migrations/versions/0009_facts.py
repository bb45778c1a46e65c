"""Facts that no declaration carries: refused pieces of files, failures, rectifications; and what later ones correct.

Only adds (docs/dsn.md, « Months »).
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import add_columns

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Three tables, and three columns of declarations."""
    add_columns(
        op,
        "declaration",
        sa.Column("business_id", sa.String(64)),
        sa.Column("substitution", sa.String(2)),
        sa.Column("corrections", sa.JSON(none_as_null=True)),
    )
    op.create_table(
        "refused_piece",
        sa.Column("identity", sa.String(64), primary_key=True),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("nature", sa.String(2), nullable=False),
        sa.Column("is_test", sa.Boolean, nullable=False),
        sa.Column("named", sa.JSON, nullable=False),
        sa.Column("deposited_at", Instant),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("flow_id", sa.String(64)),
        sa.Column("flow_rank", sa.String(64)),
        sa.Column("import_id", sa.Uuid, nullable=False),
    )
    op.create_index("refused_piece_by_siret", "refused_piece", ["siret", "period"])
    op.create_table(
        "failure",
        sa.Column("identity", sa.String(64), primary_key=True),
        sa.Column("siret", sa.String(14)),
        sa.Column("period", sa.String(7)),
        sa.Column("flow_id", sa.String(64)),
        sa.Column("flow_rank", sa.String(64)),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("failed_at", Instant, nullable=False),
    )
    op.create_index("failure_by_siret", "failure", ["siret", "period"])
    op.create_index("failure_by_flow", "failure", ["flow_id", "flow_rank"])
    op.create_table(
        "rectification",
        sa.Column("identity", sa.String(64), primary_key=True),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("validated_at", Instant, nullable=False),
        sa.CheckConstraint("origin IN ('ONLINE', 'AGENT', 'SUBSTITUTION')", name="rectification_origin"),
    )
    op.create_index("rectification_by_siret", "rectification", ["siret", "period"])
