"""Sites that had fallen out of the clock are looked at again: a month declared ahead left them without a next look."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Their time has come: the next evaluation says when to look after that."""
    site = sa.table("site", sa.column("next_eval_at", Instant), sa.column("withdrawn", sa.Boolean))
    asleep = sa.and_(site.c.next_eval_at.is_(None), site.c.withdrawn.is_(False))
    op.execute(sa.update(site).where(asleep).values(next_eval_at=datetime(2026, 1, 1, tzinfo=UTC)))
