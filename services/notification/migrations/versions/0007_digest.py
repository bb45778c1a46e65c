"""The digest of the DSN alerts: whom to write to, which alerts are open, what was told, what people prefer
(docs/decisions/0046). Only adds: the version before listens to none of it."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    _projections()
    _told()
    op.create_table(
        "preference",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, primary_key=True),
        sa.Column("subject", sa.String(30), primary_key=True),
        sa.Column("rhythm", sa.String(20), nullable=False),
        sa.Column("chosen_at", Instant, nullable=False),
    )


def _projections() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("prenom", sa.String(200)),
    )
    op.create_table(
        "alert",
        sa.Column("alert_id", sa.Uuid, primary_key=True),
        sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("site_id", sa.Uuid, nullable=False),
        sa.Column("raison_sociale", sa.String(200), nullable=False),
        sa.Column("nom", sa.String(200), nullable=False),
        sa.Column("siret", sa.String(100), nullable=False),
        sa.Column("periode", sa.String(100), nullable=False),
        sa.Column("message", sa.String(300), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("said_at", Instant, nullable=False),
    )
    open = sa.text("status = 'OPEN'")
    op.create_index("alert_open", "alert", ["adherent_id"], postgresql_where=open, sqlite_where=open)
    op.create_table(
        "alert_news",
        sa.Column("alert_id", sa.Uuid, primary_key=True),
        sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("heard_at", Instant, nullable=False),
        sa.Column("again", sa.Boolean, nullable=False),
    )


def _told() -> None:
    op.create_table(
        "told",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("alert_id", sa.Uuid, primary_key=True),
        sa.Column("heard_at", Instant, nullable=False),
        sa.Column("reminded", sa.Integer, nullable=False),
    )
    op.create_index("told_alert", "told", ["alert_id"])
    op.create_table(
        "digest",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("alerts", sa.Integer, nullable=False),
    )
    op.create_table(
        "digest_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("ended_at", Instant, nullable=False),
    )
