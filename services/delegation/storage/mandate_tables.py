"""The tables of what beneficiaries ask and are told: reminders, warnings before an end, prolongations."""

import sqlalchemy as sa

from backbone.store.database import Instant
from services.delegation.storage.tables import METADATA, delegations

# How often the administrators of a delegation that waits were reminded: by the calendar (the days after which, last),
# and by its beneficiary (when last, and of whom each time).
reminders = sa.Table(
    "reminders",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
    sa.Column("days", sa.Integer, nullable=False, server_default="0"),
    sa.Column("asked_at", Instant),
    sa.Column("asked", sa.JSON),
)

# The last warning before which end: another end is warned of anew.
forewarned = sa.Table(
    "forewarned",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("days", sa.Integer, nullable=False),
)

# The last prolongation that a beneficiary asked for: of which end, until when; what was answered.
prolongations = sa.Table(
    "prolongations",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), primary_key=True),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("ends_on", sa.Date, nullable=False),
    sa.Column("wanted_on", sa.Date, nullable=False),
    sa.Column("answered_at", Instant),
    sa.Column("reason", sa.String(200)),
)

_waiting = sa.and_(
    delegations.c.closed_at.is_(None),
    delegations.c.refused_at.is_(None),
    delegations.c.completed_at.is_not(None),
    delegations.c.confirmed_at.is_(None),
)
sa.Index("delegations_waiting", delegations.c.completed_at, sqlite_where=_waiting, postgresql_where=_waiting)
