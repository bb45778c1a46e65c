"""Adhérents, sites, delegations, their journal, and what the lists read."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import backbone_tables

revision = "0001"
down_revision = None

LIVE = "closed_at IS NULL AND refused_at IS NULL"


def upgrade() -> None:
    """Make everything."""
    backbone_tables(op)
    _adherents()
    _sites()
    _delegations()
    _delegation_indexes()
    _accounts()
    _site_access()
    _imports()
    _journal()
    _append_only()


def _key(name: str) -> sa.Column[str]:
    """Folded text, compared by code point on both databases."""
    return sa.Column(name, sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False)


def _adherents() -> None:
    op.create_table(
        "adherents",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("caisse", sa.String(30), nullable=False),
        sa.Column("identifiant", sa.String(30), nullable=False),
        sa.Column("raison_sociale", sa.String(100), nullable=False),
        _key("raison_key"),
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("founder_email", sa.String(254), nullable=False),
        sa.Column("founder_nom", sa.String(100)),
        sa.Column("founder_prenom", sa.String(100)),
        sa.Column("cabinet_nom", sa.String(100)),
        sa.Column("cabinet_email", sa.String(254)),
        sa.Column("import_id", sa.Uuid),
        sa.UniqueConstraint("identifiant", "caisse", name="adherents_identifiant"),
        sa.CheckConstraint("(cabinet_nom IS NULL) = (cabinet_email IS NULL)", name="adherents_cabinet"),
    )


def _sites() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("nom", sa.String(100), nullable=False),
        _key("nom_key"),
        sa.Column("due_day", sa.Integer, nullable=False),
        sa.Column("first_period", sa.String(7), nullable=False),
        sa.Column("last_period", sa.String(7)),
        sa.UniqueConstraint("adherent_id", "siret", name="sites_siret"),
        sa.CheckConstraint("due_day IN (5, 15, 20)", name="sites_due_day"),
    )


def _delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
        sa.Column("parent_id", sa.Uuid, sa.ForeignKey("delegations.id")),
        sa.Column("grantor_id", sa.Uuid, sa.ForeignKey("delegations.id")),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("account_id", sa.Uuid),
        sa.Column("email", sa.String(254), nullable=False),
        _key("email_key"),
        sa.Column("nom", sa.String(100)),
        sa.Column("prenom", sa.String(100)),
        _key("name_key"),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("administrator", sa.Boolean, nullable=False),
        sa.Column("colleges", sa.JSON, nullable=False),
        sa.Column("rights", sa.JSON, nullable=False),
        sa.Column("granted", sa.JSON, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("completed_at", Instant),
        sa.Column("confirmed_at", Instant),
        sa.Column("refused_at", Instant),
        sa.Column("closed_at", Instant),
        sa.Column("reinvited_at", Instant),
        sa.CheckConstraint("kind IN ('fondateur', 'cabinet', 'collaborateur')", name="delegations_kind"),
        sa.CheckConstraint("completed_at IS NULL OR account_id IS NOT NULL", name="delegations_completed"),
        sa.CheckConstraint("confirmed_at IS NULL OR completed_at IS NOT NULL", name="delegations_confirmed"),
        sa.CheckConstraint("confirmed_at IS NULL OR refused_at IS NULL", name="delegations_refused"),
    )


def _delegation_indexes() -> None:
    for name, columns in {
        "by_name": ["adherent_id", "name_key", "id"],
        "by_role": ["adherent_id", "role", "name_key", "id"],
        "by_start": ["adherent_id", "starts_on", "name_key", "id"],
        "by_end": ["adherent_id", "last_day", "name_key", "id"],
        "by_email": ["adherent_id", "email_key", "id"],
        "of_account": ["account_id", "adherent_id"],
        "of_parent": ["parent_id"],
    }.items():
        op.create_index(f"delegations_{name}", "delegations", columns)
    for name, columns, more in (
        ("live", ["adherent_id", "last_day"], {"sqlite": "", "postgresql": ""}),
        ("ending", ["last_day"], {"sqlite": "", "postgresql": ""}),
        ("administrators", ["adherent_id"], {"sqlite": " AND administrator = 1", "postgresql": " AND administrator"}),
    ):
        only: dict[str, Any] = {f"{dialect}_where": sa.text(LIVE + also) for dialect, also in more.items()}
        op.create_index(f"delegations_{name}", "delegations", columns, **only)


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("nom", sa.String(100)),
        sa.Column("prenom", sa.String(100)),
    )


def _site_access() -> None:
    op.create_table(
        "site_access",
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
        sa.Column("site_id", sa.Uuid, sa.ForeignKey("sites.id"), primary_key=True),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        *(_key(name) for name in ("raison_key", "siret", "nom_key", "identifiant", "needle")),
    )
    for name in ("raison_key", "siret", "nom_key", "identifiant"):
        columns = list(dict.fromkeys(("account_id", name, "siret", "site_id", "starts_on", "last_day")))
        op.create_index(f"site_access_by_{name}", "site_access", columns)
    op.create_index("site_access_of_site", "site_access", ["site_id"])


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("client_id", sa.String(100), nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("last_at", Instant),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("created", "updated", "unchanged", "rejected")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("at", Instant, nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("delegation_id", sa.Uuid, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("author_id", sa.Uuid),
        sa.Column("author", sa.String(254), nullable=False),
        sa.Column("author_email", sa.String(254)),
        sa.Column("scope", sa.JSON, nullable=False),
        sa.UniqueConstraint("delegation_id", "sequence", name="journal_order"),
    )
    op.create_index("journal_of_adherent", "journal", ["adherent_id", "at"])


def _append_only() -> None:
    """What is in the journal stays as it was written, whoever asks the database otherwise (D18)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{act.lower()} BEFORE {act} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
