"""Sets of rows in one statement mean the same on PostgreSQL (one array a column) and on SQLite."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from backbone.ids import new_id
from backbone.store.database import Instant, one_of, one_of_value, upsert, upsert_newer

METADATA = sa.MetaData()
THINGS = sa.Table(
    "things",
    METADATA,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("day", sa.Date),
    sa.Column("at", Instant),
    sa.Column("scopes", sa.JSON),
    sa.Column("open", sa.Boolean),
    sa.Column("raw", sa.LargeBinary),
    sa.Column("words", sa.String(100)),
)


def thing(sequence: int = 1, **values):
    at = datetime(2026, 11, 23, 5, tzinfo=UTC)
    common = {"day": date(2026, 1, 2), "at": at, "scopes": ["etam", "cadres"], "open": True, "raw": b"\x00\xff"}
    return {"id": new_id(), "sequence": sequence, "words": "é", **common, **values}


def test_every_column_type_comes_back_as_it_went_in(engine):
    rows = [thing(), thing(day=None, at=None, scopes={"a": [1, None]}, open=False, raw=None), thing(scopes=[])]
    with engine.begin() as connection:
        assert upsert(connection, THINGS, rows, key=("id",)) == 3
        found = connection.execute(sa.select(THINGS).order_by(THINGS.c.id)).mappings().all()
    assert [dict(row) for row in found] == rows


WORDS = ("", " ", "NULL", '"', "\\", '\\"', "{a,b}", "a,b", "it's", "l’œuvre\n\t", "\U0001f3d7", "%s :x", "{", None)


def test_a_text_comes_back_whatever_it_holds(engine):
    rows = [thing(number, words=text) for number, text in enumerate(WORDS)]
    with engine.begin() as connection:
        upsert(connection, THINGS, rows, key=("id",))
        found = connection.execute(sa.select(THINGS.c.words).order_by(THINGS.c.sequence)).scalars().all()
    assert tuple(found) == WORDS


def test_fa12_an_older_version_changes_nothing(engine):
    first = thing(2)
    with engine.begin() as connection:
        upsert_newer(connection, THINGS, [first], key=("id",))
        assert upsert_newer(connection, THINGS, [{**first, "sequence": 1, "scopes": []}], key=("id",)) == 0
        assert connection.execute(sa.select(THINGS.c.scopes)).scalar() == ["etam", "cadres"]


def test_one_of_finds_what_is_listed_and_nothing_else(engine):
    rows = [thing(number) for number in range(5)]
    with engine.begin() as connection:
        upsert(connection, THINGS, rows, key=("id",))
        found = sa.select(THINGS.c.sequence).where(one_of(connection.dialect.name, THINGS.c.id, "ids"))
        for wanted in ([1, 3], [], [0]):
            ids = one_of_value(connection, THINGS.c.id, [rows[number]["id"] for number in wanted])
            assert set(connection.execute(found, {"ids": ids}).scalars()) == set(wanted)
