"""Accounts, the delegations that wait for them, links, sessions, codes and counters."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import backbone_tables

revision = "0001"
down_revision = None

HASH = sa.String(64)


def upgrade() -> None:
    """Make everything."""
    backbone_tables(op)
    _accounts()
    _email_proofs()
    _delegations()
    _invitations()
    _sessions()
    _reset_requests()
    _resets()
    _mobile_codes()
    _throttles()
    _hits()


def _one_live(table: str, column: str) -> None:
    """At most one row without end for each value of `column`."""
    live = sa.text("ended_at IS NULL")
    op.create_index(f"{table}_one_live", table, [column], unique=True, postgresql_where=live, sqlite_where=live)


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(512), nullable=False, unique=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("nom", sa.String(100)),
        sa.Column("prenom", sa.String(100)),
        sa.Column("telephone_fixe", sa.String(20)),
        sa.Column("telephone_mobile", sa.String(20)),
        sa.Column("mobile_certified_at", Instant),
        sa.Column("email_certified_at", Instant),
        sa.Column("newsletter", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("completed_at", Instant),
        sa.Column("activated_at", Instant),
        sa.Column("password_changed_at", Instant),
        sa.Column("last_login_at", Instant),
        sa.Column("previous_login_at", Instant),
        sa.CheckConstraint("status IN ('invite', 'complete', 'actif', 'desactive')", name="accounts_status"),
        sa.CheckConstraint(
            "status = 'invite' OR (password_hash IS NOT NULL AND nom IS NOT NULL AND prenom IS NOT NULL)",
            name="accounts_completed",
        ),
        sa.CheckConstraint("mobile_certified_at IS NULL OR telephone_mobile IS NOT NULL", name="accounts_certified"),
    )


def _email_proofs() -> None:
    op.create_table(
        "email_proofs",
        sa.Column("proof_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("proved_at", Instant, nullable=False),
    )


def _delegations() -> None:
    op.create_table(
        "delegations",
        sa.Column("delegation_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("adherent", sa.JSON, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("administrator", sa.Boolean, nullable=False),
        sa.CheckConstraint("state IN ('pending', 'identified', 'confirmed', 'over')", name="delegations_state"),
    )


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("invitation_id", sa.Uuid, primary_key=True),
        sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.delegation_id"), nullable=False, index=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("token_hash", HASH, nullable=False, unique=True),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.Column("ended_by", sa.String(20)),
    )
    _one_live("invitations", "delegation_id")
    op.create_index("invitations_by_account", "invitations", ["account_id", "issued_at"])


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
        sa.Column("secret_hash", HASH, nullable=False, unique=True),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("authenticated_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False, index=True),
        sa.Column("ended_at", Instant),
    )


def _reset_requests() -> None:
    op.create_table(
        "reset_requests",
        sa.Column("request_id", sa.Uuid, primary_key=True),
        sa.Column("email_key", sa.String(512), nullable=False),
        sa.Column("asked_at", Instant, nullable=False, index=True),
    )


def _resets() -> None:
    op.create_table(
        "resets",
        sa.Column("reset_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
        sa.Column("token_hash", HASH, nullable=False, unique=True),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False, index=True),
        sa.Column("ended_at", Instant),
    )
    _one_live("resets", "account_id")


def _mobile_codes() -> None:
    op.create_table(
        "mobile_codes",
        sa.Column("code_id", sa.Uuid, primary_key=True),
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("code_hash", sa.String(200), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("issued_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False, index=True),
        sa.Column("ended_at", Instant),
        sa.CheckConstraint("tries BETWEEN 0 AND 5", name="mobile_codes_tries"),
    )
    _one_live("mobile_codes", "account_id")


def _throttles() -> None:
    op.create_table(
        "throttles",
        sa.Column("key", HASH, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", Instant, index=True),
        sa.Column("locked_until", Instant),
    )


def _hits() -> None:
    op.create_table(
        "hits",
        sa.Column("hit_id", sa.Uuid, primary_key=True),
        sa.Column("key", HASH, nullable=False),
        sa.Column("at", Instant, nullable=False, index=True),
    )
    op.create_index("hits_by_key", "hits", ["key", "at"])
