"""Attestations, the version of the texts that were shown, and how often strangers look (docs/decisions/0061).

Only adds: the version before writes lines of the journal without a text, and an attestation says that none was kept.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0018"
down_revision = "0017"
ONLY_ADDED_TO = ("attestations", "shown_texts")


def upgrade() -> None:
    """Three tables, two of which are only added to."""
    op.create_table(
        "attestations",
        sa.Column("number", sa.String(16), primary_key=True),
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.UniqueConstraint("delegation_id", "version", name="attestations_version"),
    )
    op.create_table(
        "shown_texts",
        sa.Column("delegation_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("moment", sa.String(20), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
    )
    op.create_table(
        "attestation_looks",
        sa.Column("minute", sa.Integer, primary_key=True),
        sa.Column("client", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    for table in ONLY_ADDED_TO:
        _append_only(table)


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
