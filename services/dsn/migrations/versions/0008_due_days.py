"""The due days of a site through time (docs/dsn.md, « Due dates »), and dates of the future that were believed.

Only adds. A deposit or an answer that says it is of a time after it came in counts as undated from now on, as new ones
do; every site is looked at again, by its own job, so that the sweep finds nothing to correct.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from backbone.store.database import Instant
from backbone.store.migrations import add_columns

revision = "0008"
down_revision = "0007"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

times = [sa.column(name, Instant) for name in ("deposited_at", "filed_at", "received_at")]
declaration = sa.table("declaration", *times)
crm = sa.table("crm", sa.column("import_id", sa.Uuid), sa.column("published_at", Instant))
import_batch = sa.table("import_batch", sa.column("import_id", sa.Uuid), sa.column("started_at", Instant))
site = sa.table("site", sa.column("withdrawn", sa.Boolean), sa.column("next_eval_at", Instant))


def upgrade() -> None:
    """A column, and what is no longer believed."""
    add_columns(op, "site", sa.Column("due_days", sa.JSON(none_as_null=True)))
    for column in (declaration.c.deposited_at, declaration.c.filed_at):
        op.execute(sa.update(declaration).where(column > declaration.c.received_at).values({column.name: None}))
    came = sa.select(import_batch.c.started_at).where(import_batch.c.import_id == crm.c.import_id).scalar_subquery()
    op.execute(sa.update(crm).where(crm.c.published_at > came).values(published_at=UNDATED))
    op.execute(sa.update(site).where(site.c.withdrawn.is_(False)).values(next_eval_at=UNDATED))
