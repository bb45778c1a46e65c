"""Column types and set-based writes that mean the same on PostgreSQL 15 and on SQLite."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect

CHUNK = 1000


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite keeps it as text without zone; both give it back aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give it back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def insert(connection: Connection, table: sa.Table) -> Any:
    """The dialect's INSERT, which has ON CONFLICT."""
    return _insert(connection.dialect.name, table)


def _insert(dialect: str, table: sa.Table) -> Any:
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


def insert_set(dialect: str, table: sa.Table, names: Sequence[str], *, same: Sequence[str] = ()) -> Any:
    """An INSERT of the columns `names` for many rows at once; give it `set_parameters` when it is executed.

    The columns in `same` get one value in every row. On PostgreSQL it is one statement with one array a column, six
    times cheaper than a parameter for each value (docs/performance.md); on SQLite an ordinary INSERT.

    Keep the statement: `excluded` makes fifty objects in a circle, which stay until the collector stops everybody.
    """
    statement = _insert(dialect, table)
    if dialect != "postgresql":
        return statement
    constants = (sa.bindparam(name, type_=table.c[name].type) for name in same)
    unnested = (sa.func.unnest(_array(table.c[name], sa.bindparam(name))) for name in names)
    whole = statement.from_select([*names, *same], sa.select(*unnested, *constants))
    return whole.execution_options(preserve_rowcount=True)


def set_parameters(
    connection: Connection,
    table: sa.Table,
    columns: Mapping[str, Sequence[Any]],
    *,
    same: Mapping[str, Any] | None = None,
) -> Any:
    """What `insert_set` is executed with: the values by column, all columns equally long."""
    if connection.dialect.name == "postgresql":
        return {name: _array_value(table.c[name], values) for name, values in columns.items()} | dict(same or {})
    rows = zip(*columns.values(), strict=True)
    return [{**dict(zip(columns, row, strict=True)), **(same or {})} for row in rows]


def one_of(dialect: str, column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """Whether `column` is one of the values given as parameter `name` (see `one_of_value`): one array on PostgreSQL,
    where hundreds of parameters cost more."""
    if dialect != "postgresql":
        return column.in_(sa.bindparam(name, expanding=True))
    return column == sa.any_(_array(column, sa.bindparam(name)))


def one_of_value(connection: Connection, column: sa.ColumnElement[Any], values: Sequence[Any]) -> Any:
    """The parameter of `one_of`."""
    return _array_value(column, values) if connection.dialect.name == "postgresql" else list(values)


# What PostgreSQL reads from plain text: an array of these goes as one string, made three times faster than psycopg's
# dumper makes an array, which asks each value for its type and escapes it by a regular expression.
_PLAIN = (sa.Uuid, sa.String, sa.Integer, sa.Date)


def _array(column: sa.ColumnElement[Any], value: sa.BindParameter[Any]) -> sa.ColumnElement[Any]:
    """The array that `value` carries (see `_array_value`)."""
    array = postgresql.ARRAY(column.type, dimensions=1)
    return sa.cast(value, array) if isinstance(column.type, _PLAIN) else sa.type_coerce(value, array)


def _array_value(column: sa.ColumnElement[Any], values: Sequence[Any]) -> Any:
    """`values` as the parameter of `_array`: a literal (PostgreSQL 8.15.2), or a list that psycopg dumps."""
    if not isinstance(column.type, _PLAIN):
        return list(values)
    write = _quoted if isinstance(column.type, sa.String) else _hex if isinstance(column.type, sa.Uuid) else str
    return "{" + ",".join(["NULL" if value is None else write(value) for value in values]) + "}"


def _order(row: tuple[Any, Any]) -> Any:
    """Any order will do that is the same in every process: that of a key's values, ids as integers, others as text."""
    identity = row[0]
    return tuple(map(_rank, identity)) if isinstance(identity, tuple) else _rank(identity)


def _rank(value: Any) -> int | str:
    return value.int if isinstance(value, UUID) else str(value)


_hex = attrgetter("hex")  # a UUID as PostgreSQL reads it too, made three times faster without its dashes


def _quoted(text: str) -> str:
    """An element of an array literal, whatever it holds."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def upsert(
    connection: Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    fixed: Sequence[str] = (),
) -> int:
    """Insert `rows`, or overwrite those that have the same `key`. The last of two with one key wins. Rows touched.

    A row with other values in the columns `fixed` than it has is left alone.
    """
    identity_of = itemgetter(*key)
    return _upsert(connection, table, {identity_of(row): row for row in rows}, tuple(key), (), tuple(fixed))


def upsert_newer(
    connection: Connection,
    table: sa.Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    fixed: Sequence[str] = (),
) -> int:
    """A projection's write: keep, for each `key`, the row with the highest (epoch, sequence), in this batch and in the
    table (a table without `epoch`: the highest sequence). So events may come twice or out of order (FA11, FA12).

    `fixed` columns say whose a row is: within one epoch the first to write a row keeps it, whatever others say of it.
    Returns the rows touched.
    """
    version = tuple(name for name in ("epoch", "sequence") if name in table.c)
    newest: dict[Any, Mapping[str, Any]] = {}
    identity_of, order_of = itemgetter(*key), itemgetter(*version)
    for row in rows:
        identity = identity_of(row)
        held = newest.get(identity)
        if held is None or (order_of(held) < order_of(row) and _may_follow(held, row, fixed)):
            newest[identity] = row
    return _upsert(connection, table, newest, tuple(key), version, tuple(fixed))


def _may_follow(held: Mapping[str, Any], row: Mapping[str, Any], fixed: Sequence[str]) -> bool:
    return all(held[name] == row[name] for name in fixed) or row.get("epoch", 0) > held.get("epoch", 0)


def _upsert(
    connection: Connection,
    table: sa.Table,
    rows: Mapping[Any, Mapping[str, Any]],
    key: tuple[str, ...],
    version: tuple[str, ...],
    fixed: tuple[str, ...],
) -> int:
    if not rows:
        return 0
    # One order for all writers: two batches that touch the same rows cannot deadlock.
    ordered = [row for _, row in sorted(rows.items(), key=_order)]
    names = tuple(ordered[0])
    statement, touched = _upsert_statement(connection.dialect.name, table, names, key, version, fixed), 0
    for at in range(0, len(ordered), CHUNK):
        chunk = ordered[at : at + CHUNK]
        columns = {name: [row[name] for row in chunk] for name in names}
        touched += connection.execute(statement, set_parameters(connection, table, columns)).rowcount
    return touched


@lru_cache(maxsize=200)
def _upsert_statement(
    dialect: str,
    table: sa.Table,
    names: tuple[str, ...],
    key: tuple[str, ...],
    version: tuple[str, ...],
    fixed: tuple[str, ...],
) -> Any:
    statement = insert_set(dialect, table, names)
    changed = {name: statement.excluded[name] for name in names if name not in key}
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    where = [*_newer(table, statement, version), *_same_owner(table, statement, version, fixed)]
    return statement.on_conflict_do_update(
        index_elements=list(key), set_=changed, where=sa.and_(*where) if where else None
    )


def _newer(table: sa.Table, statement: Any, version: Sequence[str]) -> Iterator[sa.ColumnElement[bool]]:
    if len(version) == 1:
        yield table.c[version[0]] < statement.excluded[version[0]]
    elif version:
        yield older(table, statement.excluded)


def _same_owner(
    table: sa.Table, statement: Any, version: Sequence[str], fixed: Sequence[str]
) -> Iterator[sa.ColumnElement[bool]]:
    if fixed:
        same = sa.and_(*(table.c[name] == statement.excluded[name] for name in fixed))
        yield sa.or_(same, table.c.epoch < statement.excluded.epoch) if "epoch" in version else same


def older(table: sa.Table, than: Any) -> sa.ColumnElement[bool]:
    """Whether a row of `table` is of an earlier (epoch, sequence) than the columns of `than`."""
    return sa.tuple_(table.c.epoch, table.c.sequence) < sa.tuple_(than.epoch, than.sequence)
