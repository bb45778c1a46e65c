"""Projections, messages with their files, consent ledger, references."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import backbone_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    backbone_tables(op)
    _projections()
    _messages()
    _consent_and_references()


def _projections() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("nom", sa.String(100)),
        sa.Column("prenom", sa.String(100)),
        sa.Column("telephone_fixe", sa.String(30)),
        sa.Column("telephone_mobile", sa.String(30)),
    )
    op.create_table(
        "adherent",
        sa.Column("adherent_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("caisse", sa.String(50), nullable=False),
        sa.Column("identifiant", sa.String(50), nullable=False),
        sa.Column("raison_sociale", sa.String(200), nullable=False),
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("sites", sa.JSON, nullable=False),
    )


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("message_id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.String(20), nullable=False, unique=True),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("nom", sa.String(100)),
        sa.Column("prenom", sa.String(100)),
        sa.Column("telephone_fixe", sa.String(30)),
        sa.Column("telephone_mobile", sa.String(30)),
        sa.Column("raison_sociale", sa.String(200), nullable=False),
        sa.Column("identifiant", sa.String(50), nullable=False),
        sa.Column("caisse", sa.String(50), nullable=False),
        sa.Column("caisse_nom", sa.String(200), nullable=False),
        sa.Column("caisse_email", sa.String(254), nullable=False),
        sa.Column("objet", sa.String(200), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("sent_at", Instant, nullable=False),
        sa.Column("dossier_digest", sa.String(64), unique=True),
        sa.Column("dossier_expires_at", Instant),
        sa.Column("files_purged_at", Instant),
        sa.CheckConstraint("(dossier_digest IS NULL) = (dossier_expires_at IS NULL)", name="message_dossier"),
    )
    files = sa.text("dossier_digest IS NOT NULL AND files_purged_at IS NULL")
    op.create_index("message_of_account", "message", ["account_id", "sent_at"])
    op.create_index("message_to_purge", "message", ["dossier_expires_at"], postgresql_where=files, sqlite_where=files)
    op.create_table(
        "attachment",
        sa.Column("file_id", sa.Uuid, primary_key=True),
        sa.Column("message_id", sa.Uuid, sa.ForeignKey("message.message_id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("type", sa.String(100), nullable=False),
        sa.Column("storage_name", sa.String(64), nullable=False, unique=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.UniqueConstraint("message_id", "position", name="attachment_position"),
    )


def _consent_and_references() -> None:
    op.create_table(
        "consent",
        sa.Column("message_id", sa.Uuid, sa.ForeignKey("message.message_id"), primary_key=True),
        sa.Column("act", sa.String(10), primary_key=True),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.CheckConstraint("act IN ('donne', 'retire')", name="consent_act"),
    )
    op.create_table(
        "reference_counter",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
