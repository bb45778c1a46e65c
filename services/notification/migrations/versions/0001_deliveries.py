"""The deliveries."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import backbone_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table, its key and its indexes."""
    backbone_tables(op)
    op.create_table(
        "delivery",
        sa.Column("delivery_id", sa.Uuid, primary_key=True),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("template", sa.String(50), nullable=False),
        sa.Column("medium", sa.String(10), nullable=False),
        sa.Column("urgency", sa.Integer, nullable=False),
        sa.Column("recipient", sa.String(254), nullable=False),
        sa.Column("reply_to", sa.String(254)),
        sa.Column("context", sa.JSON, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("send_before", Instant),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt_at", Instant),
        sa.Column("claim", sa.Uuid),
        sa.Column("lease_until", Instant),
        sa.Column("reason", sa.String(300)),
        sa.Column("ordered_at", Instant, nullable=False),
        sa.Column("finished_at", Instant),
        sa.UniqueConstraint("event_id", "recipient", "template", name="delivery_once"),
        sa.CheckConstraint("medium IN ('email', 'sms')", name="delivery_medium"),
        sa.CheckConstraint(
            "status IN ('a_envoyer', 'en_cours', 'envoye', 'echec_definitif', 'unconfirmed')", name="delivery_status"
        ),
        sa.CheckConstraint("(status = 'en_cours') = (claim IS NOT NULL)", name="delivery_claim"),
        sa.CheckConstraint("(status = 'a_envoyer') = (next_attempt_at IS NOT NULL)", name="delivery_due"),
        sa.CheckConstraint("finished_at IS NULL OR sealed IS NULL", name="delivery_secret_forgotten"),
    )
    waiting, sending = sa.text("status = 'a_envoyer'"), sa.text("status = 'en_cours'")
    first = ["medium", "urgency", "delivery_id"]
    op.create_index("delivery_due_first", "delivery", first, postgresql_where=waiting, sqlite_where=waiting)
    op.create_index("delivery_leased", "delivery", ["lease_until"], postgresql_where=sending, sqlite_where=sending)
    op.create_index("delivery_listed", "delivery", ["status", "ordered_at"])
    op.create_index("delivery_finished", "delivery", ["finished_at"])
