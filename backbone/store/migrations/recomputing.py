"""Computing a stored key again, when the rule that made it has changed: for migrations, which may be repeated."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

AT_ONCE = 1000


def recompute(op: Any, name: str, key: str, columns: tuple[str, ...], rule: Callable[..., str]) -> None:
    """Make `key` of each row of table `name` (which has an `id`) what `rule` makes of its `columns`; a key that is
    right already is not written."""
    table = sa.table(name, sa.column("id", sa.Uuid), sa.column(key), *map(sa.column, columns))
    change = sa.update(table).where(table.c.id == sa.bindparam("row_id")).values({key: sa.bindparam("made")})
    last: Any = None
    while rows := op.get_bind().execute(_page(table, last)).mappings().all():
        last = rows[-1]["id"]
        made = ((row, rule(*(row[column] for column in columns))) for row in rows)
        wrong = [{"row_id": row["id"], "made": text} for row, text in made if text != row[key]]
        if wrong:
            op.get_bind().execute(change, wrong)


def _page(table: sa.TableClause, last: Any) -> sa.Select[Any]:
    query = sa.select(table).order_by(table.c.id).limit(AT_ONCE)
    return query if last is None else query.where(table.c.id > last)
