"""A page of a list that is read in the order of an index: from a line that the reader saw, or from the nearer end.

A page by its number alone counts what is before it: one line more on page 1 shows a line twice on page 2, and page
2 000 reads 9 995 lines to skip them. Counted from a line of the page that leads here, what others write meanwhile moves
nothing, and nothing far is walked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

NEAR = 50  # pages: from further away, an end of the list may be nearer


@dataclass(frozen=True)
class Asked:
    """Which page, of how many lines. `after`: the last line of page `of`, to go on; `before`: its first, to go back."""

    page: int
    page_size: int
    after: UUID | None = None
    before: UUID | None = None
    of: int | None = None

    @property
    def anchor(self) -> UUID | None:
        """The line to count from; None without one on the right side of the page that is asked, and for page 1."""
        if self.of is None or self.page == 1 or abs(self.page - self.of) > NEAR:
            return None
        return self.after if self.page > self.of else self.before if self.page < self.of else None


@dataclass(frozen=True)
class Order:
    """Columns that name one row, all in one direction; `id` is the last of them."""

    columns: Sequence[sa.ColumnElement[Any]]
    down: bool = False

    def sorted(self, query: sa.Select[Any], *, back: bool = False) -> sa.Select[Any]:
        """In this order, or from its end."""
        down = self.down is not back
        return query.order_by(*(one.desc() if down else one.asc() for one in self.columns))

    def beyond(self, values: Sequence[Any], *, back: bool = False) -> sa.ColumnElement[bool]:
        """What comes after the row of these `values` in this order; before it for `back`."""
        here = sa.tuple_(*(sa.literal(value, one.type) for value, one in zip(values, self.columns, strict=True)))
        mine = sa.tuple_(*self.columns)
        return mine < here if self.down is not back else mine > here


def page_rows(
    connection: Connection, query: sa.Select[Any], order: Order, asked: Asked, total: int, known: sa.Select[Any]
) -> list[RowMapping]:
    """The rows of the page of `query`, of `total` lines, in `order`.

    `known`: what selects the columns of the order for the rows that may be counted from, by their id, the last one.
    """
    size = asked.page_size
    if asked.anchor:
        at = connection.execute(known.where(order.columns[-1] == asked.anchor)).first()
        if at and asked.of:
            back = asked.page < asked.of
            skipped = (abs(asked.page - asked.of) - 1) * size
            return _read(connection, query.where(order.beyond(at, back=back)), order, size, skipped, back)
    first = (asked.page - 1) * size
    if first >= total:
        return []
    from_end = max(0, total - first - size)
    if from_end < first:
        return _read(connection, query, order, min(size, total - first), from_end, back=True)
    return _read(connection, query, order, size, first, back=False)


def _read(
    connection: Connection, query: sa.Select[Any], order: Order, size: int, skipped: int, back: bool
) -> list[RowMapping]:
    rows = connection.execute(order.sorted(query, back=back).limit(size).offset(skipped)).mappings().all()
    return list(reversed(rows)) if back else list(rows)
