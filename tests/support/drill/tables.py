"""The tables of both services of the drill. None has a constraint that would hide a doubled effect."""

import sqlalchemy as sa

from backbone.store.database import Instant

METADATA = sa.MetaData()

commands = sa.Table("commands", METADATA, sa.Column("marker", sa.String(60), primary_key=True))

dues = sa.Table(
    "dues",
    METADATA,
    sa.Column("name", sa.String(60), primary_key=True),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
)

links = sa.Table(
    "links",
    METADATA,
    sa.Column("code", sa.String(60), primary_key=True),
    sa.Column("expires_at", Instant, nullable=False),
)

effects = sa.Table(
    "effects",
    METADATA,
    sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("event_id", sa.Uuid, nullable=False),
    sa.Column("marker", sa.String(60), nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
)

places = sa.Table(
    "places",
    METADATA,
    sa.Column("deed_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("place", sa.String(60), nullable=False),
)
