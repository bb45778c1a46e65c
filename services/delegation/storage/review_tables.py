"""What the review of delegations stands on: who was asked, and the indexes that find what waits for it."""

from datetime import datetime

import sqlalchemy as sa

from backbone.store.database import Instant
from services.delegation.storage.tables import METADATA, delegations

# When the administrators of an adhérent were asked by mail to review its delegations: because `grantor_id` left, once
# for each, or because it was time (no grantor).
review_asks = sa.Table(
    "review_asks",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("adherent_id", sa.Uuid, sa.ForeignKey("adherents.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("grantor_id", sa.Uuid, sa.ForeignKey("delegations.id")),
    sa.UniqueConstraint("grantor_id", name="review_asks_grantor"),
)
sa.Index("review_asks_of_adherent", review_asks.c.adherent_id, review_asks.c.at)


def held(of: sa.FromClause) -> sa.ColumnElement[bool]:
    """Confirmed, and neither closed nor refused, whatever its days."""
    return sa.and_(of.c.closed_at.is_(None), of.c.refused_at.is_(None), of.c.confirmed_at.is_not(None))


def answered_at(of: sa.FromClause) -> sa.ColumnElement[datetime]:
    """The last time that somebody answered for it."""
    return sa.func.coalesce(of.c.reviewed_at, of.c.confirmed_at)


# « À revoir »: what nobody answered for since, and what somebody granted who left.
_held = held(delegations)
for _name, _what in {"answered": answered_at(delegations), "granted": delegations.c.grantor_id}.items():
    sa.Index(f"delegations_{_name}", delegations.c.adherent_id, _what, sqlite_where=_held, postgresql_where=_held)
