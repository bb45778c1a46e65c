"""One fact is one message, whatever the id of its event (FA11). Only adds: a process of the version before says none.

A delivery of the version before has its fact in its context when it tells of an act at an instant, or of a message
with a reference; of the others nothing tells, and the id of their event stands for it. Where the same fact had been
written twice already, the first keeps it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TOLD_BY = {
    "mot_de_passe_modifie": "changed_at",
    "identifiant_modifie": "changed_at",
    "identifiant_retabli": "undone_at",
    "adresse_deja_utilisee": "attempted_at",
    "message_caisse": "reference",
    "accuse_reception": "reference",
}
delivery = sa.table(
    "delivery",
    sa.column("delivery_id", sa.Uuid),
    sa.column("event_id", sa.Uuid),
    sa.column("template", sa.String),
    sa.column("recipient", sa.String),
    sa.column("context", sa.JSON),
    sa.column("fact", sa.String),
)


def upgrade() -> None:
    """Add the fact, say it of what is there, and make it unique for each message and reader."""
    op.add_column("delivery", sa.Column("fact", sa.String(100), nullable=False, server_default=""))
    op.execute(sa.update(delivery).values(fact=sa.cast(delivery.c.event_id, sa.String)))
    for template, name in TOLD_BY.items():
        fact = delivery.c.context[name].as_string()
        place = sa.func.row_number().over(partition_by=[delivery.c.recipient, fact], order_by=delivery.c.delivery_id)
        told = sa.select(delivery.c.delivery_id, place.label("place")).where(
            delivery.c.template == template, fact.is_not(None)
        )
        first = told.subquery()
        ids = sa.select(first.c.delivery_id).where(first.c.place == 1)
        op.execute(sa.update(delivery).where(delivery.c.delivery_id.in_(ids)).values(fact=fact))
    some, columns = sa.text("fact != ''"), ["template", "recipient", "fact"]
    op.create_index("delivery_fact_once", "delivery", columns, unique=True, postgresql_where=some, sqlite_where=some)
