"""The tables. Keys folded for sorting and searching stand beside the text they come from, so that indexes serve."""

import sqlalchemy as sa

from backbone.store.database import Instant
from backbone.store.tables import tables as backbone_tables
from contracts.rules.folding import NAMELESS
from contracts.words.kinds import Kind

METADATA = sa.MetaData()
backbone = backbone_tables(METADATA)

# Folded keys compare by code point on both databases: the fold did the linguistics.
Key = sa.String().with_variant(sa.String(collation="C"), "postgresql")


adherents = sa.Table(
    "adherents",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("caisse", sa.String(30), nullable=False),
    sa.Column("identifiant", sa.String(30), nullable=False),
    sa.Column("raison_sociale", sa.String(100), nullable=False),
    sa.Column("raison_key", Key, nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("founder_email", sa.String(254), nullable=False),
    sa.Column("founder_nom", sa.String(100)),
    sa.Column("founder_prenom", sa.String(100)),
    sa.Column("cabinet_nom", sa.String(100)),
    sa.Column("cabinet_email", sa.String(254)),
    # The import that last created or changed it: the same adhérent said twice, differently, in one file is a mistake.
    sa.Column("import_id", sa.Uuid),
    sa.UniqueConstraint("identifiant", "caisse", name="adherents_identifiant"),
    sa.CheckConstraint("(cabinet_nom IS NULL) = (cabinet_email IS NULL)", name="adherents_cabinet"),
)

sites = sa.Table(
    "sites",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
    sa.Column("siret", sa.String(14), nullable=False),
    sa.Column("nom", sa.String(100), nullable=False),
    sa.Column("nom_key", Key, nullable=False),
    sa.Column("due_day", sa.Integer, nullable=False),
    sa.Column("first_period", sa.String(7), nullable=False),
    sa.Column("last_period", sa.String(7)),
    sa.UniqueConstraint("adherent_id", "siret", name="sites_siret"),
    sa.CheckConstraint("due_day IN (5, 15, 20)", name="sites_due_day"),
)

delegations = sa.Table(
    "delegations",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
    sa.Column("parent_id", sa.Uuid, sa.ForeignKey("delegations.id")),
    sa.Column("grantor_id", sa.Uuid, sa.ForeignKey("delegations.id")),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("account_id", sa.Uuid),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("email_key", Key, nullable=False),
    sa.Column("nom", sa.String(100)),
    sa.Column("prenom", sa.String(100)),
    sa.Column("name_key", Key, nullable=False),
    # What it is worth now, bounded by its parent (C10); `granted` keeps what the grantor signed.
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
    # The date d'effet that the others know of, by a decision or by the job that tells it on its day.
    sa.Column("begun_on", sa.Date),
    # When an administrator last answered for it in a review (« garder », « réduire »).
    sa.Column("reviewed_at", Instant),
    # The last day of its suspension, which `starts_on` is after; what was granted is kept in `granted`.
    sa.Column("suspended_until", sa.Date),
    sa.CheckConstraint(f"kind IN {tuple(map(str, Kind))}", name="delegations_kind"),
    sa.CheckConstraint("completed_at IS NULL OR account_id IS NOT NULL", name="delegations_completed"),
    sa.CheckConstraint("confirmed_at IS NULL OR completed_at IS NOT NULL", name="delegations_confirmed"),
    sa.CheckConstraint("confirmed_at IS NULL OR refused_at IS NULL", name="delegations_refused"),
)

accounts = sa.Table(
    "accounts",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("nom", sa.String(100)),
    sa.Column("prenom", sa.String(100)),
)

# Which mailbox an account has: its address is a plain one (in ASCII), so small letters are all that its key takes. No
# column for it, which a version that does not know the column would leave behind when it writes.
account_key = sa.func.lower(accounts.c.email)

# The newest link of each pending delegation, as identity says it; `next_at`: when one leaves without anybody asking.
invitations = sa.Table(
    "invitations",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("invitation_id", sa.Uuid),
    sa.Column("issued_at", Instant),
    sa.Column("opened_at", Instant),
    sa.Column("expires_at", Instant),
    sa.Column("next_at", Instant),
    sa.Column("waits_for", sa.String(20)),
)

# What became of the mail of each link, as notification says it, perhaps before identity's word of the link is here.
invitation_mails = sa.Table(
    "invitation_mails",
    METADATA,
    sa.Column("invitation_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("delegation_id", sa.Uuid, nullable=False),
    sa.Column("outcome", sa.String(10), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

# Which sites an account may choose, on which days, with the keys its list is sorted and searched by. Kept in the
# transaction that changes a delegation or a site, so that a page of 5 000 sites is read in the order of an index.
site_access = sa.Table(
    "site_access",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
    sa.Column("site_id", sa.Uuid, sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("last_day", sa.Date, nullable=False),
    sa.Column("raison_key", Key, nullable=False),
    sa.Column("siret", Key, nullable=False),
    sa.Column("nom_key", Key, nullable=False),
    sa.Column("identifiant", Key, nullable=False),
    sa.Column("needle", Key, nullable=False),
)

journal = sa.Table(
    "journal",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("delegation_id", sa.Uuid, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("act", sa.String(40), nullable=False),
    sa.Column("author_id", sa.Uuid),
    sa.Column("author", sa.String(254), nullable=False),
    sa.Column("author_email", sa.String(254)),
    sa.Column("reason", sa.String(200)),
    sa.Column("scope", sa.JSON, nullable=False),
    sa.UniqueConstraint("delegation_id", "sequence", name="journal_order"),
)

# The hash of each line and of the hash before it, one chain an adhérent (domain/chain.py). No key to the journal: the
# seal of a line that is gone stays, and tells of it.
journal_seals = sa.Table(
    "journal_seals",
    METADATA,
    sa.Column("line_id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("sealed_at", Instant, nullable=False),
    sa.UniqueConstraint("adherent_id", "position", name="journal_seals_chain"),
)

# What each verification of the journal found.
journal_checks = sa.Table(
    "journal_checks",
    METADATA,
    sa.Column("at", Instant, primary_key=True),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("faults", sa.Integer, nullable=False),
    sa.Column("ends", sa.String(64), nullable=False),
)

# When an administrator last asked to delegate to addresses that were new, and which (a digest of each); when he was
# refused for what he may not see. Only what still counts is kept.
newcomers = sa.Table(
    "newcomers",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("times", sa.JSON, nullable=False),
    sa.Column("tried", sa.JSON),
    sa.Column("refusals", sa.JSON),
)

# On which days an account used what it may use of an adhérent; `at`: when first on that day. The last day of each tells
# when a right was last used.
uses = sa.Table(
    "uses",
    METADATA,
    sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("at", Instant, nullable=False),
)

# The tiles that an account keeps in front, for an adhérent.
pins = sa.Table(
    "pins",
    METADATA,
    sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("at", Instant, nullable=False),
)

_live = sa.and_(delegations.c.closed_at.is_(None), delegations.c.refused_at.is_(None))

for _name, _columns in {
    "by_name": ("name_key",),
    "by_role": ("role", "name_key"),
    "by_start": ("starts_on", "name_key"),
    "by_end": ("last_day", "name_key"),
    "by_email": ("email_key",),
}.items():
    sa.Index(f"delegations_{_name}", *(delegations.c[column] for column in ("adherent_id", *_columns, "id")))
# Who has a name: sorted either way, who has none comes last. Its letter is written out, as in the index of a migration.
named = delegations.c.name_key < sa.literal_column(f"'{NAMELESS}'")
sa.Index("delegations_by_name_down", delegations.c.adherent_id, named, delegations.c.name_key, delegations.c.id)
sa.Index("delegations_of_account", delegations.c.account_id, delegations.c.adherent_id)
sa.Index("accounts_by_email", account_key)
sa.Index("delegations_of_parent", delegations.c.parent_id)
sa.Index(
    "delegations_live", delegations.c.adherent_id, delegations.c.last_day, sqlite_where=_live, postgresql_where=_live
)
_unbegun = sa.and_(
    _live,
    delegations.c.confirmed_at.is_not(None),
    sa.or_(delegations.c.begun_on.is_(None), delegations.c.begun_on < delegations.c.starts_on),
)
sa.Index("delegations_starting", delegations.c.starts_on, sqlite_where=_unbegun, postgresql_where=_unbegun)
_to_confirm = sa.and_(_live, delegations.c.completed_at.is_not(None), delegations.c.confirmed_at.is_(None))
sa.Index(
    "delegations_to_confirm",
    *(delegations.c.adherent_id, delegations.c.last_day),
    sqlite_where=_to_confirm,
    postgresql_where=_to_confirm,
)
# « Qui pouvait quoi »: who was confirmed, by name, and from when until when: no row is read of who was not there.
_confirmed = delegations.c.confirmed_at.is_not(None)
sa.Index(
    "delegations_held",
    *(delegations.c[name] for name in ("adherent_id", "name_key", "id", "confirmed_at", "closed_at")),
    sqlite_where=_confirmed,
    postgresql_where=_confirmed,
)
sa.Index("delegations_ending", delegations.c.last_day, sqlite_where=_live, postgresql_where=_live)
sa.Index(
    "delegations_administrators",
    delegations.c.adherent_id,
    sqlite_where=sa.and_(_live, delegations.c.administrator),
    postgresql_where=sa.and_(_live, delegations.c.administrator),
)
for _name in ("raison_key", "siret", "nom_key", "identifiant"):
    _order = dict.fromkeys(("account_id", _name, "siret", "site_id", "starts_on", "last_day"))
    sa.Index(f"site_access_by_{_name}", *(site_access.c[column] for column in _order))
sa.Index("site_access_of_site", site_access.c.site_id)
sa.Index("journal_of_adherent", journal.c.adherent_id, journal.c.at)
sa.Index("journal_by_time", journal.c.at, journal.c.id)
sa.Index("journal_of_author", journal.c.author_id, journal.c.act)
