"""The seals that chain the journal's lines, and what its verifications found (docs/decisions/0047).

Only adds: the version before writes lines without a seal, which the daily verification seals, as it does all that were
written before.
"""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0014"
down_revision = "0013"
TABLES = ("journal_seals", "journal_checks")


def upgrade() -> None:
    """Two tables that are only added to, and the lines of the journal by time."""
    op.create_table(
        "journal_seals",
        sa.Column("line_id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("sealed_at", Instant, nullable=False),
        sa.UniqueConstraint("adherent_id", "position", name="journal_seals_chain"),
    )
    op.create_table(
        "journal_checks",
        sa.Column("at", Instant, primary_key=True),
        sa.Column("lines", sa.Integer, nullable=False),
        sa.Column("faults", sa.Integer, nullable=False),
        sa.Column("ends", sa.String(64), nullable=False),
    )
    op.create_index("journal_by_time", "journal", ["at", "id"])
    for table in TABLES:
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
