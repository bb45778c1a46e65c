"""The tables: who writes and to whom (projections), messages with their snapshot, files, consent ledger, drafts."""

import sqlalchemy as sa

from backbone.rights.uses import use_table
from backbone.store.database import Instant
from backbone.store.tables import tables

METADATA = sa.MetaData()
tables(METADATA)
use_table(METADATA)

account = sa.Table(
    "account",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("nom", sa.String(100)),
    sa.Column("prenom", sa.String(100)),
    sa.Column("telephone_fixe", sa.String(30)),
    sa.Column("telephone_mobile", sa.String(30)),
)
adherent = sa.Table(
    "adherent",
    METADATA,
    sa.Column("adherent_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("caisse", sa.String(50), nullable=False),
    sa.Column("identifiant", sa.String(50), nullable=False),
    sa.Column("raison_sociale", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("sites", sa.JSON, nullable=False),
)
# Everything the caisse is told is frozen here at the moment of sending: nothing is joined later.
message = sa.Table(
    "message",
    METADATA,
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
    # The link to the files: only the hash of its token is kept (C4).
    sa.Column("dossier_digest", sa.String(64), unique=True),
    sa.Column("dossier_expires_at", Instant),
    sa.Column("files_purged_at", Instant),
    sa.CheckConstraint("(dossier_digest IS NULL) = (dossier_expires_at IS NULL)", name="message_dossier"),
)
sa.Index("message_of_account", message.c.account_id, message.c.sent_at)
HAS_FILES = sa.and_(message.c.dossier_digest.is_not(None), message.c.files_purged_at.is_(None))
sa.Index("message_to_purge", message.c.dossier_expires_at, sqlite_where=HAS_FILES, postgresql_where=HAS_FILES)
attachment = sa.Table(
    "attachment",
    METADATA,
    sa.Column("file_id", sa.Uuid, primary_key=True),
    sa.Column("message_id", sa.Uuid, sa.ForeignKey("message.message_id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("type", sa.String(100), nullable=False),
    sa.Column("storage_name", sa.String(64), nullable=False, unique=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    # The antivirus's verdict, when there is one: a file without one waits (scan_files).
    sa.Column("scan", sa.String(10)),
    sa.Column("scan_again_at", Instant),
    sa.UniqueConstraint("message_id", "position", name="attachment_position"),
)
UNJUDGED = attachment.c.scan.is_(None)
sa.Index("attachment_to_scan", attachment.c.message_id, sqlite_where=UNJUDGED, postgresql_where=UNJUDGED)
# Append-only: who consented to which text and when, and who withdrew it (G86).
consent = sa.Table(
    "consent",
    METADATA,
    sa.Column("message_id", sa.Uuid, sa.ForeignKey("message.message_id"), primary_key=True),
    sa.Column("act", sa.String(10), primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.String(20), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.CheckConstraint("act IN ('donne', 'retire')", name="consent_act"),
)
reference_counter = sa.Table(
    "reference_counter",
    METADATA,
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)
# What is written and not sent yet: one for a person and an adhérent, until it expires (decision 58).
draft = sa.Table(
    "draft",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, primary_key=True),
    sa.Column("objet", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)
sa.Index("draft_to_purge", draft.c.expires_at)
# That one was sent or given up, and the id of the one that is written after it (decision 70).
ended_draft = sa.Table(
    "ended_draft",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, primary_key=True),
    sa.Column("next_id", sa.Uuid, nullable=False),
    sa.Column("ended_at", Instant, nullable=False),
)
sa.Index("ended_draft_to_purge", ended_draft.c.ended_at)
# Its files, as those of a message; they keep their id, their bytes and their verdict when they become an attachment.
draft_file = sa.Table(
    "draft_file",
    METADATA,
    sa.Column("file_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("type", sa.String(100), nullable=False),
    sa.Column("storage_name", sa.String(64), nullable=False, unique=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("scan", sa.String(10)),
    sa.Column("scan_again_at", Instant),
    sa.ForeignKeyConstraint(["account_id", "adherent_id"], ["draft.account_id", "draft.adherent_id"]),
)
sa.Index("draft_file_of_draft", draft_file.c.account_id, draft_file.c.adherent_id)
UNJUDGED_DRAFT = draft_file.c.scan.is_(None)
sa.Index("draft_file_to_scan", draft_file.c.file_id, sqlite_where=UNJUDGED_DRAFT, postgresql_where=UNJUDGED_DRAFT)
