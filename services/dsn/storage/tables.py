"""The tables. Months are not stored: they are judged from sites, declarations and answers; alerts are what was told."""

from typing import Any

import sqlalchemy as sa

from backbone.rights.uses import use_table
from backbone.store.database import Instant
from backbone.store.tables import tables

METADATA = sa.MetaData()
tables(METADATA)
use_table(METADATA)


def _alike(type: Any, *names: str, **options: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, type, **options) for name in names]


adherent = sa.Table(
    "adherent",
    METADATA,
    # The newest state that was seen: a site it does not name any more has left the referential.
    sa.Column("adherent_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
)

site = sa.Table(
    "site",
    METADATA,
    sa.Column("site_id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    *_alike(sa.String(100), "caisse", "identifiant", nullable=False),
    sa.Column("raison_sociale", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("siret", sa.String(14), nullable=False),
    sa.Column("nom", sa.String(200), nullable=False),
    sa.Column("due_day", sa.Integer, nullable=False),
    # What it was when: [[said at, day], …] (`domain/due_days.py`). Null before the first change.
    sa.Column("due_days", sa.JSON(none_as_null=True)),
    sa.Column("first_period", sa.String(7), nullable=False),
    sa.Column("last_period", sa.String(7)),
    *_alike(sa.String(500), "raison_sociale_key", "nom_key", nullable=False),
    sa.Column("search_key", sa.Text, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("open_alerts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("next_eval_at", Instant),
    sa.CheckConstraint("due_day IN (5, 15, 20)", name="site_due_day"),
    sa.CheckConstraint("open_alerts >= 0", name="site_open_alerts"),
)
sa.Index("site_by_adherent", site.c.adherent_id)
sa.Index("site_by_siret", site.c.siret)
_due = site.c.next_eval_at.is_not(None)
sa.Index("site_due", site.c.next_eval_at, site.c.site_id, postgresql_where=_due, sqlite_where=_due)

calendar_override = sa.Table(
    "calendar_override",
    METADATA,
    # A due date that a caisse moved; `due_at` null: moved once, and the calendar's again.
    sa.Column("caisse", sa.String(100), primary_key=True),
    sa.Column("period", sa.String(7), primary_key=True),
    sa.Column("due_day", sa.Integer, primary_key=True),
    sa.Column("due_at", Instant),
    sa.Column("label", sa.String(200), nullable=False),
    sa.Column("said_at", Instant, nullable=False),
    sa.CheckConstraint("due_day IN (5, 15, 20)", name="calendar_override_due_day"),
)

declaration = sa.Table(
    "declaration",
    METADATA,
    sa.Column("identity", sa.String(64), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("siret", sa.String(14), nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    *_alike(sa.String(2), "nature", "type", nullable=False),
    *_alike(sa.Integer, "fraction", "fractions", "individuals", nullable=False),
    sa.Column("order_no", sa.BigInteger, nullable=False),
    sa.Column("is_test", sa.Boolean, nullable=False),
    sa.Column("declarant", sa.String(14), nullable=False),
    sa.Column("norm", sa.String(10), nullable=False),
    *_alike(Instant, "filed_at", "deposited_at"),
    sa.Column("received_at", Instant, nullable=False),
    *_alike(sa.JSON, "fund_codes", "absences", nullable=False),
    sa.Column("exit_requested", sa.Boolean, nullable=False),
    *_alike(sa.String(64), "replaced", "flow_id", "flow_rank"),
    # What it says of earlier months and of other declarations. Null where a process of the version before wrote.
    sa.Column("business_id", sa.String(64)),
    sa.Column("substitution", sa.String(2)),
    sa.Column("corrections", sa.JSON(none_as_null=True)),
    sa.Column("import_id", sa.Uuid, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
    # No site has this SIRET yet. Judging goes by SIRET, so it counts as soon as one has.
    sa.Column("quarantined_at", Instant),
    sa.CheckConstraint("type IN ('01', '02', '03', '04', '05')", name="declaration_type"),
)
sa.Index("declaration_by_siret", declaration.c.siret, declaration.c.period)
_waiting = declaration.c.quarantined_at.is_not(None)
sa.Index("declaration_quarantined", declaration.c.siret, postgresql_where=_waiting, sqlite_where=_waiting)

crm = sa.Table(
    "crm",
    METADATA,
    # Every publication is kept: the latest one counts, and a pending one does not hide what was concluded before.
    sa.Column("identity", sa.String(64), primary_key=True),
    *_alike(sa.String(64), "flow_id", "flow_rank", nullable=False),
    sa.Column("organism", sa.String(40), nullable=False),
    sa.Column("status", sa.String(10), nullable=False),
    sa.Column("code", sa.Integer),
    sa.Column("errors", sa.Integer, nullable=False),
    sa.Column("published_at", Instant, nullable=False),
    # The import that brought it, or the event.
    sa.Column("import_id", sa.Uuid, nullable=False),
    sa.Column("nature", sa.String(40), nullable=False, server_default="CIBTP"),
    # Its declaration is not known yet: once it is, its sites are looked at.
    sa.Column("waiting_at", Instant),
    sa.CheckConstraint("code BETWEEN 0 AND 3", name="crm_code"),
    sa.CheckConstraint("status IN ('OK', 'ANO', 'KO', 'EN_COURS')", name="crm_status"),
)
_waiting = crm.c.waiting_at.is_not(None)
sa.Index("crm_waiting", crm.c.flow_id, crm.c.flow_rank, postgresql_where=_waiting, sqlite_where=_waiting)

crm_return = sa.Table(
    "crm_return",
    METADATA,
    # What an answer says in detail, as far as it is kept: never a message, a value, a NIR, a name or an amount.
    sa.Column("identity", sa.String(64), sa.ForeignKey("crm.identity"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("severity", sa.String(12), nullable=False),
    sa.Column("rubric", sa.String(14)),
    sa.Column("count", sa.Integer, nullable=False),
    sa.CheckConstraint("severity IN ('INFORMATION', 'ANOMALIE', 'BLOQUANT')", name="crm_return_severity"),
    sa.CheckConstraint("count > 0", name="crm_return_count"),
)

refused_piece = sa.Table(
    "refused_piece",
    METADATA,
    # What was refused and names an establishment and a month: the header alone, with the control that refused it.
    sa.Column("identity", sa.String(64), primary_key=True),
    sa.Column("siret", sa.String(14), nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("nature", sa.String(2), nullable=False),
    sa.Column("is_test", sa.Boolean, nullable=False),
    sa.Column("named", sa.JSON, nullable=False),
    sa.Column("received_at", Instant, nullable=False),
    *_alike(sa.String(64), "flow_id", "flow_rank"),
    sa.Column("import_id", sa.Uuid, nullable=False),
    *_alike(Instant, "deposited_at", "waiting_at"),  # waiting: its establishment is not known, since then
)

failure = sa.Table(
    "failure",
    METADATA,
    sa.Column("identity", sa.String(64), primary_key=True),
    # It names an establishment and its month, or a flow.
    sa.Column("siret", sa.String(14)),
    sa.Column("period", sa.String(7)),
    *_alike(sa.String(64), "flow_id", "flow_rank"),
    sa.Column("cause", sa.String(200), nullable=False),
    sa.Column("failed_at", Instant, nullable=False),
    sa.Column("waiting_at", Instant),  # nobody has found yet what it is about
)

rectification = sa.Table(
    "rectification",
    METADATA,
    sa.Column("identity", sa.String(64), primary_key=True),
    sa.Column("siret", sa.String(14), nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("origin", sa.String(12), nullable=False),
    sa.Column("validated_at", Instant, nullable=False),
    sa.Column("waiting_at", Instant),  # as a failure's
    sa.CheckConstraint("origin IN ('ONLINE', 'AGENT', 'SUBSTITUTION')", name="rectification_origin"),
)
for _table in (declaration, crm, failure):
    sa.Index(f"{_table.name}_by_flow", _table.c.flow_id, _table.c.flow_rank)
for _table in (refused_piece, failure, rectification):
    sa.Index(f"{_table.name}_by_siret", _table.c.siret, _table.c.period)
    _waiting = _table.c.waiting_at.is_not(None)
    sa.Index(f"{_table.name}_waiting", _table.c.identity, postgresql_where=_waiting, sqlite_where=_waiting)

alert = sa.Table(
    "alert",
    METADATA,
    sa.Column("alert_id", sa.Uuid, primary_key=True),
    sa.Column("site_id", sa.Uuid, sa.ForeignKey("site.site_id"), nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("kind", sa.String(1), nullable=False),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("status", sa.String(15), nullable=False),
    sa.Column("rule", sa.String(4), nullable=False),
    sa.Column("raised_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("resolution", sa.String(20)),
    # The identity of the fact that put the month right, when it is not a deposit of that month.
    sa.Column("proof", sa.String(64)),
    *_alike(sa.Integer, "reopened_count", "version", nullable=False),
    # Since when it is open this time, and who takes care of it. Null where a process of the version before wrote.
    sa.Column("correction_by", sa.Uuid),
    *_alike(Instant, "opened_at", "correction_since"),
    # The version that events told last. The version before tells nothing.
    sa.Column("told_version", sa.Integer),
    # One alert per site, month and kind for ever: it reopens, a second one cannot be.
    sa.UniqueConstraint("site_id", "period", "kind", name="alert_once"),
    sa.CheckConstraint("kind IN ('A', 'B')", name="alert_kind"),
    sa.CheckConstraint("status IN ('OPEN', 'IN_CORRECTION', 'RESOLVED', 'CANCELLED')", name="alert_status"),
    sa.CheckConstraint("(status IN ('OPEN', 'IN_CORRECTION')) = (ended_at IS NULL)", name="alert_ended"),
    sa.CheckConstraint("(ended_at IS NULL) = (resolution IS NULL)", name="alert_resolution"),
)


def living(table: sa.Table) -> sa.ColumnElement[bool]:
    """The alerts that are not over."""
    return table.c.status.in_(("OPEN", "IN_CORRECTION"))


_living, _cell = living(alert), alert.c["site_id", "period", "kind"]
sa.Index("alert_living", *_cell, unique=True, postgresql_where=_living, sqlite_where=_living)

# An alert of which nobody was told, unless it is over, or that changed since.
UNTOLD = sa.or_(sa.and_(alert.c.told_version.is_(None), living(alert)), alert.c.told_version < alert.c.version)
sa.Index("alert_untold", alert.c.alert_id, postgresql_where=UNTOLD, sqlite_where=UNTOLD)

alert_seen = sa.Table(
    "alert_seen",
    METADATA,
    # When a person was last shown it: his own mark, which changes nothing for the others.
    sa.Column("alert_id", sa.Uuid, sa.ForeignKey("alert.alert_id"), primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("seen_at", Instant, nullable=False),
)

alert_event = sa.Table(
    "alert_event",
    METADATA,
    # Append only: what happened to an alert, why, by which rule, at which instant it was looked at.
    sa.Column("event_id", sa.Uuid, primary_key=True),
    sa.Column("alert_id", sa.Uuid, sa.ForeignKey("alert.alert_id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("change", sa.String(20), nullable=False),
    sa.Column("status", sa.String(15), nullable=False),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("rule", sa.String(4), nullable=False),
    sa.Column("resolution", sa.String(20)),
    sa.Column("proof", sa.String(64)),
    sa.Column("cause", sa.String(60), nullable=False),
    # « clock », « account:<id> », « client:<id> ». Null where a process of the version before wrote.
    sa.Column("actor", sa.String(110)),
)
sa.Index("alert_event_by_alert", alert_event.c.alert_id, alert_event.c.event_id)

told_fact = sa.Table(
    "told_fact",
    METADATA,
    *_alike(sa.String(100), "client", "id", primary_key=True),  # the sender's own: a repeat is recorded once
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("fact_id", sa.Uuid, nullable=False),
    sa.Column("told_at", Instant, nullable=False),
)
sa.Index("told_fact_by_age", told_fact.c.told_at)

month_count = sa.Table(
    "month_count",
    METADATA,
    # Months are not stored: how many are in each state, as the last sweep judged them.
    sa.Column("state", sa.String(30), primary_key=True),
    sa.Column("months", sa.Integer, nullable=False),
)

import_batch = sa.Table(
    "import_batch",
    METADATA,
    sa.Column("import_id", sa.Uuid, primary_key=True),
    sa.Column("client", sa.String(100), nullable=False),
    sa.Column("format", sa.String(10), nullable=False),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
)

import_item = sa.Table(
    "import_item",
    METADATA,
    sa.Column("import_id", sa.Uuid, sa.ForeignKey("import_batch.import_id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    *_alike(sa.Integer, "line_from", "line_to", nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    # What was found, the first one first, as [code, line] pairs.
    sa.Column("found", sa.JSON, nullable=False),
    sa.Column("siret", sa.String(14)),
    sa.Column("period", sa.String(7)),
    sa.CheckConstraint("status IN ('OK', 'WARN', 'REJECTED', 'QUARANTINED')", name="import_item_status"),
)
