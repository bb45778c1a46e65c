"""Sites, declarations, answers, alerts with their history, imports."""

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import backbone_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, their keys and their indexes."""
    backbone_tables(op)
    for make in (_adherent, _site, _declaration, _crm, _alert, _alert_event, _import_batch, _import_item):
        make()


def _adherent() -> None:
    """The newest state seen of each adhérent."""
    op.create_table(
        "adherent",
        sa.Column("adherent_id", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
    )


def _site() -> None:
    """Sites déclarants, as the referential has them."""
    op.create_table(
        "site",
        sa.Column("site_id", sa.Uuid, primary_key=True),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("caisse", sa.String(100), nullable=False),
        sa.Column("identifiant", sa.String(100), nullable=False),
        sa.Column("raison_sociale", sa.String(200), nullable=False),
        sa.Column("siren", sa.String(9), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("nom", sa.String(200), nullable=False),
        sa.Column("due_day", sa.Integer, nullable=False),
        sa.Column("first_period", sa.String(7), nullable=False),
        sa.Column("last_period", sa.String(7)),
        sa.Column("raison_sociale_key", sa.String(500), nullable=False),
        sa.Column("nom_key", sa.String(500), nullable=False),
        sa.Column("search_key", sa.Text, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("open_alerts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_eval_at", Instant),
        sa.CheckConstraint("due_day IN (5, 15, 20)", name="site_due_day"),
        sa.CheckConstraint("open_alerts >= 0", name="site_open_alerts"),
    )
    op.create_index("site_by_adherent", "site", ["adherent_id"])
    op.create_index("site_by_siret", "site", ["siret"])
    due = sa.text("next_eval_at IS NOT NULL")
    op.create_index("site_due", "site", ["next_eval_at", "site_id"], postgresql_where=due, sqlite_where=due)


def _declaration() -> None:
    """Headers of declarations: facts."""
    op.create_table(
        "declaration",
        sa.Column("identity", sa.String(64), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("nature", sa.String(2), nullable=False),
        sa.Column("type", sa.String(2), nullable=False),
        sa.Column("fraction", sa.Integer, nullable=False),
        sa.Column("fractions", sa.Integer, nullable=False),
        sa.Column("order_no", sa.BigInteger, nullable=False),
        sa.Column("is_test", sa.Boolean, nullable=False),
        sa.Column("declarant", sa.String(14), nullable=False),
        sa.Column("norm", sa.String(10), nullable=False),
        sa.Column("replaced", sa.String(64)),
        sa.Column("filed_at", Instant),
        sa.Column("deposited_at", Instant),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("individuals", sa.Integer, nullable=False),
        sa.Column("fund_codes", sa.JSON, nullable=False),
        sa.Column("absences", sa.JSON, nullable=False),
        sa.Column("exit_requested", sa.Boolean, nullable=False),
        sa.Column("flow_id", sa.String(64)),
        sa.Column("flow_rank", sa.String(64)),
        sa.Column("import_id", sa.Uuid, nullable=False),
        sa.Column("warnings", sa.JSON, nullable=False),
        sa.Column("quarantined_at", Instant),
        sa.CheckConstraint("type IN ('01', '02', '03', '04', '05')", name="declaration_type"),
    )
    op.create_index("declaration_by_siret", "declaration", ["siret", "period"])
    op.create_index("declaration_by_flow", "declaration", ["flow_id", "flow_rank"])
    waiting = sa.text("quarantined_at IS NOT NULL")
    op.create_index("declaration_quarantined", "declaration", ["siret"], postgresql_where=waiting, sqlite_where=waiting)


def _crm() -> None:
    """Answers of the caisses: facts."""
    op.create_table(
        "crm",
        sa.Column("identity", sa.String(64), primary_key=True),
        sa.Column("flow_id", sa.String(64), nullable=False),
        sa.Column("flow_rank", sa.String(64), nullable=False),
        sa.Column("organism", sa.String(40), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("code", sa.Integer),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("published_at", Instant, nullable=False),
        sa.Column("import_id", sa.Uuid, nullable=False),
        sa.CheckConstraint("code BETWEEN 0 AND 3", name="crm_code"),
        sa.CheckConstraint("status IN ('OK', 'ANO', 'KO', 'EN_COURS')", name="crm_status"),
    )
    op.create_index("crm_by_flow", "crm", ["flow_id", "flow_rank"])


def _alert() -> None:
    """What was told."""
    op.create_table(
        "alert",
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
        sa.Column("reopened_count", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("site_id", "period", "kind", name="alert_once"),
        sa.CheckConstraint("kind IN ('A', 'B')", name="alert_kind"),
        sa.CheckConstraint("status IN ('OPEN', 'IN_CORRECTION', 'RESOLVED', 'CANCELLED')", name="alert_status"),
        sa.CheckConstraint("(status IN ('OPEN', 'IN_CORRECTION')) = (ended_at IS NULL)", name="alert_ended"),
        sa.CheckConstraint("(ended_at IS NULL) = (resolution IS NULL)", name="alert_resolution"),
    )
    living = sa.text("status IN ('OPEN', 'IN_CORRECTION')")
    columns = ["site_id", "period", "kind"]
    op.create_index("alert_living", "alert", columns, unique=True, postgresql_where=living, sqlite_where=living)


def _alert_event() -> None:
    """What happened to it."""
    op.create_table(
        "alert_event",
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("alert_id", sa.Uuid, sa.ForeignKey("alert.alert_id"), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("change", sa.String(20), nullable=False),
        sa.Column("status", sa.String(15), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("rule", sa.String(4), nullable=False),
        sa.Column("resolution", sa.String(20)),
        sa.Column("cause", sa.String(60), nullable=False),
    )
    op.create_index("alert_event_by_alert", "alert_event", ["alert_id", "event_id"])


def _import_batch() -> None:
    """Files received."""
    op.create_table(
        "import_batch",
        sa.Column("import_id", sa.Uuid, primary_key=True),
        sa.Column("client", sa.String(100), nullable=False),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("finished_at", Instant),
    )


def _import_item() -> None:
    """What became of each declaration of a file."""
    op.create_table(
        "import_item",
        sa.Column("import_id", sa.Uuid, sa.ForeignKey("import_batch.import_id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("line_from", sa.Integer, nullable=False),
        sa.Column("line_to", sa.Integer, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("found", sa.JSON, nullable=False),
        sa.Column("siret", sa.String(14)),
        sa.Column("period", sa.String(7)),
        sa.CheckConstraint("status IN ('OK', 'WARN', 'REJECTED', 'QUARANTINED')", name="import_item_status"),
    )
