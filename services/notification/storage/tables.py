"""The tables: deliveries; whom to write to about which alerts (projections), what was told, what people prefer."""

import sqlalchemy as sa

from backbone.store.database import Instant
from backbone.store.tables import tables
from contracts.words.alerts import AlertStatus
from services.notification.domain.deliveries import Status

METADATA = sa.MetaData()
tables(METADATA)

delivery = sa.Table(
    "delivery",
    METADATA,
    sa.Column("delivery_id", sa.Uuid, primary_key=True),
    sa.Column("event_id", sa.Uuid, nullable=False),
    # What the message tells, whatever the id of the event that brought it: see `MessageKind.fact`.
    sa.Column("fact", sa.String(100), nullable=False, server_default=""),
    sa.Column("template", sa.String(50), nullable=False),
    sa.Column("medium", sa.String(10), nullable=False),
    sa.Column("urgency", sa.Integer, nullable=False),
    # Whose message it is among those that wait, and when it is its turn (`domain/turns.py`).
    sa.Column("party", sa.String(60), nullable=False, server_default=""),
    sa.Column("turn", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("recipient", sa.String(254), nullable=False),
    sa.Column("reply_to", sa.String(254)),
    # What the template says, without its secrets; those stay sealed until the message is written.
    sa.Column("context", sa.JSON, nullable=False),
    sa.Column("sealed", sa.Text),
    sa.Column("send_before", Instant),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_attempt_at", Instant),
    # The lease of the process that is sending: nobody else touches the row before `lease_until`.
    sa.Column("claim", sa.Uuid),
    sa.Column("lease_until", Instant),
    sa.Column("reason", sa.String(300)),
    sa.Column("ordered_at", Instant, nullable=False),
    sa.Column("finished_at", Instant),
    # The idempotency key: the same event never writes twice to the same person (FA11).
    sa.UniqueConstraint("event_id", "recipient", "template", name="delivery_once"),
    sa.CheckConstraint("medium IN ('email', 'sms')", name="delivery_medium"),
    sa.CheckConstraint(
        "status IN ('a_envoyer', 'en_cours', 'envoye', 'echec_definitif', 'unconfirmed')", name="delivery_status"
    ),
    sa.CheckConstraint("(status = 'en_cours') = (claim IS NOT NULL)", name="delivery_claim"),
    sa.CheckConstraint("(status = 'a_envoyer') = (next_attempt_at IS NOT NULL)", name="delivery_due"),
    sa.CheckConstraint("finished_at IS NULL OR sealed IS NULL", name="delivery_secret_forgotten"),
)
# Written out, not bound: a partial index serves only a condition that the planner can see.
WAITING = delivery.c.status == sa.literal_column(f"'{Status.A_ENVOYER}'")
SENDING = delivery.c.status == sa.literal_column(f"'{Status.EN_COURS}'")
sa.Index(
    "delivery_due_first",
    delivery.c.medium,
    delivery.c.urgency,
    delivery.c.delivery_id,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)
_turns = (delivery.c.medium, delivery.c.urgency, delivery.c.turn, delivery.c.delivery_id)
sa.Index("delivery_next_turn", *_turns, sqlite_where=WAITING, postgresql_where=WAITING)
sa.Index("delivery_party", delivery.c.party, delivery.c.turn, sqlite_where=WAITING, postgresql_where=WAITING)
sa.Index("delivery_leased", delivery.c.lease_until, sqlite_where=SENDING, postgresql_where=SENDING)
# Not of those that a process of the version before orders while the new one comes up: they say no fact.
_told = delivery.c.fact != sa.literal_column("''")
_fact = (delivery.c.template, delivery.c.recipient, delivery.c.fact)
sa.Index("delivery_fact_once", *_fact, unique=True, sqlite_where=_told, postgresql_where=_told)
sa.Index("delivery_listed", delivery.c.status, delivery.c.ordered_at)
sa.Index("delivery_finished", delivery.c.finished_at)

account = sa.Table(
    "account",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("prenom", sa.String(200)),
)
alert = sa.Table(
    "alert",
    METADATA,
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
OPEN = alert.c.status == sa.literal_column(f"'{AlertStatus.OPEN}'")
sa.Index("alert_open", alert.c.adherent_id, sqlite_where=OPEN, postgresql_where=OPEN)
# The last time an alert was news to those who see its site. Apart from its state: what is quiet leaves it as it was.
alert_news = sa.Table(
    "alert_news",
    METADATA,
    sa.Column("alert_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("heard_at", Instant, nullable=False),
    sa.Column("again", sa.Boolean, nullable=False),
)
# Which news of an alert a person was told, and the last reminder of it (in days since it was opened).
told = sa.Table(
    "told",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("alert_id", sa.Uuid, primary_key=True),
    sa.Column("heard_at", Instant, nullable=False),
    sa.Column("reminded", sa.Integer, nullable=False),
)
sa.Index("told_alert", told.c.alert_id)
# Whom the run of a day has looked at, and how many alerts he was told: nobody is looked at twice.
digest = sa.Table(
    "digest",
    METADATA,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("alerts", sa.Integer, nullable=False),
)
# The days whose run came to its end: what opens later waits for the next one.
digest_day = sa.Table(
    "digest_day",
    METADATA,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("ended_at", Instant, nullable=False),
)
# What somebody chose, for one adhérent or for all (the id of none: `domain/digest.py`).
preference = sa.Table(
    "preference",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, primary_key=True),
    sa.Column("subject", sa.String(30), primary_key=True),
    sa.Column("rhythm", sa.String(20), nullable=False),
    sa.Column("chosen_at", Instant, nullable=False),
)


def _lines(name: str) -> sa.Table:
    """Lines of mails of a morning, each until it was told to whom it concerns (`domain/nights.py`)."""
    table = sa.Table(
        name,
        METADATA,
        sa.Column("fact", sa.String(100), primary_key=True),
        sa.Column("recipient", sa.String(254), primary_key=True),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("lecteur", sa.String(401), nullable=False),
        sa.Column("followed", sa.String(401), nullable=False),
        sa.Column("adherent_id", sa.Uuid, nullable=False),
        sa.Column("raison_sociale", sa.String(200), nullable=False),
        sa.Column("identifiant", sa.String(100), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("heard_at", Instant, nullable=False),
        sa.Column("ordered_at", Instant),
    )
    waits = table.c.ordered_at.is_(None)
    sa.Index(f"{name}_waiting", table.c.person, table.c.heard_at, sqlite_where=waits, postgresql_where=waits)
    sa.Index(f"{name}_told", table.c.ordered_at)
    return table


# What began or ended at midnight; and, apart for the version before, what ends soon and what waits for a confirmation.
night = _lines("night")
notice = _lines("notice")
