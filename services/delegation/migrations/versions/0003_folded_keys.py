"""Folded keys anew: apostrophes, hyphens and spaces are one separator, « Ł » is « L », no name comes last (G16)."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from contracts.rules.folding import fold, name_key

revision = "0003"
down_revision = "0002"

AT_ONCE = 1000


def upgrade() -> None:
    """Recompute what is stored; a key that is right already is not written."""
    _fold_again("adherents", "raison_key", ("raison_sociale",), fold)
    _fold_again("sites", "nom_key", ("nom",), fold)
    _fold_again("delegations", "name_key", ("nom", "prenom", "email"), name_key)


def _fold_again(name: str, key: str, columns: tuple[str, ...], rule: Callable[..., str]) -> None:
    table = sa.table(name, sa.column("id", sa.Uuid), sa.column(key), *map(sa.column, columns))
    change = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values({key: sa.bindparam("folded")})
    last: Any = None
    while rows := op.get_bind().execute(_page(table, last)).mappings().all():
        last = rows[-1]["id"]
        folded = ((row, rule(*(row[column] for column in columns))) for row in rows)
        wrong = [{"row_id": row["id"], "folded": text} for row, text in folded if text != row[key]]
        if wrong:
            op.get_bind().execute(change, wrong)


def _page(table: sa.TableClause, last: Any) -> sa.Select[Any]:
    query = sa.select(table).order_by(table.c.id).limit(AT_ONCE)
    return query if last is None else query.where(table.c.id > last)
