"""What a database looks like, and what of a change of it breaks a version that knew it before: expand and contract."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any
from warnings import catch_warnings

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Inspector

COLLATED = re.compile(r'COLLATE "?\w+')
WIDER = ("SMALLINT", "INTEGER", "BIGINT")
# What an inspector does not tell of: triggers, and unique indexes with their expressions and conditions.
POSTGRESQL = """
SELECT c.relname, 'trigger', t.tgname, pg_get_triggerdef(t.oid) || ' ' || p.prosrc
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal
UNION ALL
SELECT c.relname, 'unique', i.relname, pg_get_indexdef(i.oid)
  FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND x.indisunique AND NOT x.indisprimary
"""
SQLITE = """
SELECT tbl_name, CASE type WHEN 'index' THEN 'unique' ELSE type END, name, sql FROM sqlite_master
 WHERE type = 'trigger' OR (type = 'index' AND sql LIKE 'CREATE UNIQUE %')
"""


@dataclass(frozen=True)
class Column:
    """One column as the database tells it: its type in its own words, and the most characters of a text."""

    type: str
    longest: float | None
    nullable: bool
    default: bool


@dataclass(frozen=True)
class Table:
    """One table: `rules` are its unique indexes, foreign keys, checks and triggers, by kind and name, as text."""

    columns: Mapping[str, Column]
    key: tuple[str, ...]
    rules: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Break:
    """One thing that the version before does not survive: `name` is what it is about, `why` a sentence."""

    table: str
    name: str
    kind: str
    why: str


GONE, ASKED, NARROWED, KEYED, RULED, LOOSENED = "gone", "asked", "narrowed", "keyed", "ruled", "loosened"


def look(connection: Connection) -> dict[str, Table]:
    """Every table there is."""
    inspector = sa.inspect(connection)
    inspector.clear_cache()
    told: dict[str, dict[tuple[str, str], str]] = {}
    query = POSTGRESQL if connection.dialect.name == "postgresql" else SQLITE
    for table, kind, name, text in connection.execute(sa.text(query)):
        told.setdefault(table, {})[kind, name] = " ".join(text.split())
    names = [name for name in inspector.get_table_names() if name != "alembic_version"]
    with catch_warnings(action="ignore", category=sa.exc.SAWarning):  # of indexes on expressions: `told` has them
        return {name: _table(inspector, name, told.get(name, {})) for name in names}


def _table(inspector: Inspector, name: str, told: Mapping[tuple[str, str], str]) -> Table:
    columns = {one["name"]: _column(inspector, one) for one in inspector.get_columns(name)}
    key = tuple(inspector.get_pk_constraint(name)["constrained_columns"])
    return Table(columns, key, {**dict(_rules(inspector, name)), **told})


def _column(inspector: Inspector, told: Any) -> Column:
    kind = told["type"]
    longest = (kind.length or inf) if isinstance(kind, sa.String) else None
    filled = any(told.get(how) for how in ("identity", "computed")) or told.get("autoincrement") is True
    return Column(kind.compile(inspector.dialect), longest, told["nullable"], filled or told.get("default") is not None)


def _rules(inspector: Inspector, name: str) -> Iterator[tuple[tuple[str, str], str]]:
    if inspector.dialect.name == "sqlite":  # on PostgreSQL they are unique indexes too
        for unique in inspector.get_unique_constraints(name):
            yield ("unique", str(unique["name"] or unique["column_names"])), str(unique["column_names"])
    for check in inspector.get_check_constraints(name):
        yield ("check", str(check["name"] or check["sqltext"])), check["sqltext"]
    for other in inspector.get_foreign_keys(name):
        text = f"{other['constrained_columns']} → {other['referred_table']}{other['referred_columns']}"
        yield ("foreign key", str(other["name"] or text)), text


def breaks(before: Mapping[str, Table], after: Mapping[str, Table]) -> set[Break]:
    """What a version that wrote and read `before` does not survive on `after`. What is new altogether harms nobody."""
    found: set[Break] = set()
    for name, old in before.items():
        if name not in after:
            found.add(Break(name, name, GONE, "the table is not there any more, or under another name"))
            continue
        new = after[name]
        found.update(_columns(name, old, new))
        found.update(_rules_changed(name, old, new))
        if old.key != new.key:
            found.add(Break(name, name, KEYED, f"the primary key was {old.key}, is {new.key}"))
    return found


def _columns(table: str, old: Table, new: Table) -> Iterator[Break]:
    for name, column in old.columns.items():
        if name not in new.columns:
            yield Break(table, name, GONE, "the column is not there any more, or under another name")
            continue
        now = new.columns[name]
        if not _holds(now, column):
            yield Break(table, name, NARROWED, f"{column.type} became {now.type}, which holds less, or other values")
        if column.nullable and not now.nullable:
            yield Break(table, name, ASKED, "it may not be NULL any more, and the version before writes NULL")
        if now.nullable and not column.nullable:
            yield Break(table, name, LOOSENED, "it may be NULL now, and the version before reads it as never NULL")
        if column.default and not now.default and not now.nullable:
            yield Break(table, name, ASKED, "its default is gone, and the version before leaves it to the database")
    for name, column in new.columns.items():
        if name not in old.columns and not column.nullable and not column.default:
            yield Break(
                table, name, ASKED, "it is NOT NULL without a server default, and the version before leaves it out"
            )


def _rules_changed(table: str, old: Table, new: Table) -> Iterator[Break]:
    for (kind, name), text in new.rules.items():
        if old.rules.get((kind, name)) != text:
            yield Break(table, name, RULED, f"a new {kind}, {text}: does what the version before writes keep to it?")
    for (kind, name), text in old.rules.items():
        if (kind, name) not in new.rules:
            yield Break(table, name, LOOSENED, f"the {kind} {text} is gone: does the version before count on it?")


def _holds(new: Column, old: Column) -> bool:
    """Whether every value of the old type is one of the new, and compares the same."""
    if new.type == old.type:
        return True
    if old.type in WIDER and new.type in WIDER:
        return WIDER.index(new.type) > WIDER.index(old.type)
    if old.longest is None or new.longest is None:
        return False
    return new.longest >= old.longest and COLLATED.findall(new.type) == COLLATED.findall(old.type)
