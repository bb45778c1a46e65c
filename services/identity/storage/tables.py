"""The tables of identity. What must hold holds by constraint: one account an address, one live link, one live code."""

from typing import Any

import sqlalchemy as sa

from backbone.store.database import Instant
from contracts.words.statuses import AccountStatus
from services.identity.domain.invitation import FORGETFUL

METADATA = sa.MetaData()
HASH = sa.String(64)


def _live(table: sa.Table, *columns: sa.Column[object], which: Any = None, name: str = "one_live") -> None:
    """At most one row without end for these columns, among those that are `which`."""
    live = table.c.ended_at.is_(None) if which is None else sa.and_(table.c.ended_at.is_(None), which)
    sa.Index(f"{table.name}_{name}", *columns, unique=True, postgresql_where=live, sqlite_where=live)


accounts = sa.Table(
    "accounts",
    METADATA,
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
    sa.Column("mobile_first_certified_at", Instant),
    # When the number certified at `mobile_certified_at` was certified again; older than that: it was another number.
    sa.Column("mobile_recertified_at", Instant),
    sa.Column("email_certified_at", Instant),
    sa.Column("certification_announced_at", Instant),
    sa.Column("newsletter", sa.Boolean, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("completed_at", Instant),
    sa.Column("activated_at", Instant),
    sa.Column("password_changed_at", Instant),
    sa.Column("last_login_at", Instant),
    sa.Column("previous_login_at", Instant),
    sa.CheckConstraint(f"status IN {tuple(map(str, AccountStatus))}", name="accounts_status"),
    sa.CheckConstraint(
        f"status = '{AccountStatus.INVITE}' OR (password_hash IS NOT NULL AND nom IS NOT NULL AND prenom IS NOT NULL)",
        name="accounts_completed",
    ),
    sa.CheckConstraint("mobile_certified_at IS NULL OR telephone_mobile IS NOT NULL", name="accounts_certified"),
)

_active = accounts.c.status == AccountStatus.ACTIF
sa.Index("accounts_to_certify", accounts.c.email_certified_at, postgresql_where=_active, sqlite_where=_active)

email_proofs = sa.Table(
    "email_proofs",
    METADATA,
    sa.Column("proof_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("act", sa.String(20), nullable=False),
    sa.Column("proved_at", Instant, nullable=False),
)

# `email` and `email_key` are what the delegation asked for, whoever `account_id` is: the account that has that address,
# or that left it and may still take it back. `next_at`: when a link is made without anybody asking, and `waits_for` why
# not before. Rows of the version before have no address, theirs is the account's.
delegations = sa.Table(
    "delegations",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("adherent", sa.JSON, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date),
    sa.Column("administrator", sa.Boolean, nullable=False),
    # What it offers, shown to whom it is for before he acts; null of what was said before identity kept them.
    sa.Column("colleges", sa.JSON(none_as_null=True)),
    sa.Column("rights", sa.JSON(none_as_null=True)),
    sa.Column("parent_id", sa.Uuid),
    # Of a founding administrator, whom the caisse names; of anybody else nothing is known before he acts (K14).
    sa.Column("nom", sa.String(200)),
    sa.Column("prenom", sa.String(200)),
    sa.Column("email", sa.String(254)),
    sa.Column("email_key", sa.String(512)),
    sa.Column("next_at", Instant),
    sa.Column("waits_for", sa.String(20)),
    sa.Column("standings", sa.Integer, nullable=False, server_default="0"),
    sa.CheckConstraint("state IN ('pending', 'identified', 'confirmed', 'over')", name="delegations_state"),
)
_waits = sa.and_(delegations.c.state == "pending", delegations.c.next_at.is_not(None))
sa.Index("delegations_waiting", delegations.c.next_at, postgresql_where=_waits, sqlite_where=_waits)

invitations = sa.Table(
    "invitations",
    METADATA,
    sa.Column("invitation_id", sa.Uuid, primary_key=True),
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.delegation_id"), nullable=False, index=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("token_hash", HASH, nullable=False, unique=True),
    sa.Column("share", sa.String(40), nullable=False, server_default=""),  # whose share of what the mailbox bears
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("opened_at", Instant),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", sa.String(20)),
)
# One for whoever invited, and one that the person asked for himself (`domain/invitation.FORGETFUL`).
_live(invitations, invitations.c.delegation_id, which=invitations.c.share != FORGETFUL)
_live(invitations, invitations.c.delegation_id, which=invitations.c.share == FORGETFUL, name="one_own_live")
sa.Index("invitations_by_account", invitations.c.account_id, invitations.c.issued_at)

sessions = sa.Table(
    "sessions",
    METADATA,
    sa.Column("session_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("secret_hash", HASH, nullable=False, unique=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("authenticated_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("ended_at", Instant),
    # From where it was opened, as `domain/whereabouts` says it; null: the version before opened it.
    sa.Column("browser", sa.String(60)),
    sa.Column("address", sa.String(45)),
)

# What was done with an account, or was refused, for its owner: a word of `contracts/words/acts`, and from where.
activity = sa.Table(
    "activity",
    METADATA,
    sa.Column("activity_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("browser", sa.String(60)),
    sa.Column("address", sa.String(45)),
)
sa.Index("activity_by_account", activity.c.account_id, activity.c.at, activity.c.activity_id)

refused_logins = sa.Table(
    "refused_logins",
    METADATA,
    sa.Column("refusal_id", sa.Uuid, primary_key=True),
    sa.Column("email_key", sa.String(512), nullable=False),
    sa.Column("refused_at", Instant, nullable=False, index=True),
    sa.Column("browser", sa.String(60)),
    sa.Column("address", sa.String(45)),
)

browsers = sa.Table(
    "browsers",
    METADATA,
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), primary_key=True),
    sa.Column("browser_hash", HASH, primary_key=True),
    sa.Column("first_used_at", Instant, nullable=False),
    sa.Column("last_used_at", Instant, nullable=False, index=True),
)

reset_requests = sa.Table(
    "reset_requests",
    METADATA,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("email_key", sa.String(512), nullable=False),
    sa.Column("asked_at", Instant, nullable=False, index=True),
)

renewal_requests = sa.Table(
    "renewal_requests",
    METADATA,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("link", sa.String(20), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False),
    sa.Column("asked_at", Instant, nullable=False, index=True),
)

resets = sa.Table(
    "resets",
    METADATA,
    sa.Column("reset_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("token_hash", HASH, nullable=False, unique=True),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", sa.String(20)),
)
_live(resets, resets.c.account_id)

# `held_key` is the address of the two that the account does not bear. Not proved, it is only wanted, and belongs to
# nobody; left by a proved change, nobody else may take it.
identifier_changes = sa.Table(
    "identifier_changes",
    METADATA,
    sa.Column("change_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("old_email", sa.String(254), nullable=False),
    sa.Column("new_email", sa.String(254), nullable=False),
    sa.Column("held_key", sa.String(512), nullable=False),
    sa.Column("activation_hash", HASH, nullable=False, unique=True),
    sa.Column("undo_hash", HASH, nullable=False, unique=True),
    sa.Column("requested_at", Instant, nullable=False),
    sa.Column("activation_expires_at", Instant, nullable=False),
    sa.Column("undo_expires_at", Instant, nullable=False),
    sa.Column("proved_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", sa.String(20)),
    # What the account had when it was asked for, to have it again when it is undone; null: the version before asked.
    sa.Column("contact", sa.JSON(none_as_null=True)),
    sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="identifier_changes_ended"),
)
_live(identifier_changes, identifier_changes.c.account_id)
_left = sa.and_(identifier_changes.c.ended_at.is_(None), identifier_changes.c.proved_at.is_not(None))
sa.Index(
    "identifier_changes_one_leaver",
    identifier_changes.c.held_key,
    unique=True,
    postgresql_where=_left,
    sqlite_where=_left,
)
_wanted = sa.and_(identifier_changes.c.ended_at.is_(None), identifier_changes.c.proved_at.is_(None))
sa.Index("identifier_changes_wanted", identifier_changes.c.held_key, postgresql_where=_wanted, sqlite_where=_wanted)
_taken = identifier_changes.c.ended_by == "taken"
sa.Index("identifier_changes_taken", identifier_changes.c.ended_at, postgresql_where=_taken, sqlite_where=_taken)

certifications = sa.Table(
    "certifications",
    METADATA,
    sa.Column("certification_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("token_hash", HASH, nullable=False, unique=True),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", sa.String(20)),
)
_live(certifications, certifications.c.account_id)

mobile_codes = sa.Table(
    "mobile_codes",
    METADATA,
    sa.Column("code_id", sa.Uuid, primary_key=True),
    sa.Column("account_id", sa.Uuid, sa.ForeignKey("accounts.account_id"), nullable=False, index=True),
    sa.Column("number", sa.String(20), nullable=False),
    # The digest of what it is bound to, by which alone it may be given back: an invitation, a request for new bank
    # details; none: it certifies the number of the account.
    # `right_at`: when it was given back by that link.
    sa.Column("link", HASH, index=True),
    sa.Column("right_at", Instant),
    sa.Column("code_hash", sa.String(200), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
    sa.Column("ended_at", Instant),
    sa.CheckConstraint("tries BETWEEN 0 AND 5", name="mobile_codes_tries"),
)
_live(mobile_codes, mobile_codes.c.account_id)

sms_hours = sa.Table(
    "sms_hours",
    METADATA,
    sa.Column("hour", Instant, primary_key=True),
    sa.Column("sent", sa.Integer, nullable=False),
)

throttles = sa.Table(
    "throttles",
    METADATA,
    sa.Column("key", HASH, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", Instant, index=True),
    sa.Column("locked_until", Instant),
)

hits = sa.Table(
    "hits",
    METADATA,
    sa.Column("hit_id", sa.Uuid, primary_key=True),
    sa.Column("key", HASH, nullable=False),
    sa.Column("at", Instant, nullable=False, index=True),
)
sa.Index("hits_by_key", hits.c.key, hits.c.at)
