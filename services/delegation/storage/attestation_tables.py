"""The tables of the proof of mandate: attestations, what was shown, and how often strangers look (decision 61)."""

import sqlalchemy as sa

from backbone.store.database import Instant
from services.delegation.storage.tables import METADATA

# Only added to, as the journal is. `said`: what the document says beside its columns.
attestations = sa.Table(
    "attestations",
    METADATA,
    sa.Column("number", sa.String(16), primary_key=True),
    sa.Column("delegation_id", sa.Uuid, sa.ForeignKey("delegations.id"), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("said", sa.JSON, nullable=False),
    sa.UniqueConstraint("delegation_id", "version", name="attestations_version"),
)

# Which version of the texts somebody was shown when he did what the line (delegation, sequence) of the journal says.
shown_texts = sa.Table(
    "shown_texts",
    METADATA,
    sa.Column("delegation_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("moment", sa.String(20), nullable=False),
    sa.Column("version", sa.String(20), nullable=False),
)

# How often one client (a digest) looked at numbers within one minute (minutes since 1970).
attestation_looks = sa.Table(
    "attestation_looks",
    METADATA,
    sa.Column("minute", sa.Integer, primary_key=True),
    sa.Column("client", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
