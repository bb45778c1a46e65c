"""A projection ends in the same table whatever the order, the repeats and the batches (FA11, FA12)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from backbone.store.database import Instant, insert, upsert, upsert_newer
from backbone.store.engines import make_engine

TABLE = sa.Table(
    "projection",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("text", sa.String(20)),
)
OWNED = sa.Table(
    "owned",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner", sa.Integer, nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
)
NAMES = ("id", "owner", "epoch", "sequence")
CLAIMS = st.lists(
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 2), st.integers(1, 4)), max_size=5),
    max_size=8,
)
VERSIONS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6)), min_size=1, max_size=20)
Rows = list[dict[str, Any]]


def state(batches: list[Rows]) -> list[tuple[int, int, str]]:
    """The table after `batches`, on an empty database in memory."""
    engine = make_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        for rows in batches:
            upsert_newer(connection, TABLE, rows, key=("id",))
        found = [tuple(row) for row in connection.execute(sa.select(TABLE).order_by(TABLE.c.id))]
    engine.dispose()
    return found


@given(VERSIONS, st.data())
def test_fa12_any_order_any_repeat_and_any_batches_give_one_table(versions: list[tuple[int, int]], data: Any) -> None:
    rows = [{"id": id, "sequence": sequence, "text": f"{id}.{sequence}"} for id, sequence in versions]
    shuffled = data.draw(st.permutations(rows + rows[: data.draw(st.integers(0, len(rows)))]))
    cut = data.draw(st.integers(0, len(shuffled)))
    newest = {id: max(s for i, s in versions if i == id) for id, _ in versions}
    expected = [(id, sequence, f"{id}.{sequence}") for id, sequence in sorted(newest.items())]
    assert state([rows]) == state([shuffled[:cut], shuffled[cut:]]) == expected


@given(CLAIMS)
def test_a_row_changes_its_owner_in_a_new_epoch_alone_whatever_comes_in_whatever_order(claims: Any) -> None:
    engine = make_engine("sqlite://")
    with engine.begin() as connection:
        OWNED.create(connection)
        held: dict[int, Any] = {}
        for batch in claims:
            rows = [dict(zip(NAMES, one, strict=True)) for one in batch]
            upsert_newer(connection, OWNED, rows, key=("id",), fixed=("owner",))
            now = {row.id: row for row in connection.execute(sa.select(OWNED))}
            for id, before in held.items():
                assert (now[id].epoch, now[id].sequence) >= (before.epoch, before.sequence)
                assert now[id].owner == before.owner or now[id].epoch > before.epoch
            held = now
    engine.dispose()


def test_an_epoch_goes_before_every_sequence() -> None:
    engine = make_engine("sqlite://")
    with engine.begin() as connection:
        OWNED.create(connection)
        for epoch, sequence in ((0, 9), (5, 2), (0, 10), (5, 1), (4, 99)):
            upsert_newer(connection, OWNED, [{"id": 1, "owner": 1, "epoch": epoch, "sequence": sequence}], key=("id",))
        assert connection.execute(sa.select(OWNED)).one() == (1, 1, 5, 2)
    engine.dispose()


def test_the_rows_touched_are_counted() -> None:
    engine = make_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        rows = [{"id": id, "sequence": 2, "text": ""} for id in range(2500)]
        assert upsert_newer(connection, TABLE, rows, key=("id",)) == 2500
        assert upsert_newer(connection, TABLE, [{**row, "sequence": 1} for row in rows], key=("id",)) == 0
        assert upsert_newer(connection, TABLE, [], key=("id",)) == 0
    engine.dispose()


def test_a_plain_upsert_keeps_the_last_of_two_with_one_key() -> None:
    engine = make_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        for text in ("first", "second"):
            upsert(connection, TABLE, [{"id": 1, "sequence": 9, "text": text}], key=("id",))
        assert connection.execute(sa.select(TABLE.c.text)).scalars().all() == ["second"]
    engine.dispose()


def test_t10_an_instant_is_stored_in_utc_and_comes_back_aware() -> None:
    table = sa.Table("instants", sa.MetaData(), sa.Column("at", Instant))
    instant = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
    engine = make_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(connection, table).values(at=instant))
        found = connection.execute(sa.select(table.c.at)).scalar_one()
        assert found == instant and found.utcoffset() == timedelta(0)
        assert connection.execute(sa.text("SELECT at FROM instants")).scalar_one().startswith("2026-11-23 09:00")
    engine.dispose()


def test_t10_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Instant().process_bind_param(datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None), None)  # type: ignore[arg-type]
