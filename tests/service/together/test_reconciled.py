"""What the others hold of the delegations is compared with what delegation says, and repaired."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from backbone import __main__
from backbone.clock import FixedClock
from backbone.rights import access
from contracts.events.reconciled import CutShort
from services.identity.storage.tables import delegations as awaited
from tests.service.together.system import Together
from tests.service.together.test_restored import CLOSED, KEPT, Restored

HOLDERS = ("dsn", "contact", "notification")
LOST = UUID("01930000-0000-7000-8000-00000000dead")  # which delegation does not know, and made long ago
table = access.table()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def five(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Restored]:
    """All services, with a founder, one who keeps his rights, and one whose rights were closed."""
    made = Restored(request, tmp_path, clock)
    made.act(CLOSED, "closing")
    yield made
    made.close()


def truth(five: Together) -> list[str]:
    """What delegation says, line by line."""
    service = five.delegation.service
    told = service.wiring.bind(service.commands["delegations"])()
    return [json.dumps(line, default=str) for line in told]


def compared(five: Together, name: str, lines: list[str] | None = None, *, repair: bool = False) -> list[Any]:
    """What `name` says when it compares."""
    service = five.services[name].service
    assert service.reconciles is not None
    compare = service.wiring.bind(service.reconciles, given=("repair",))
    return list(compare(truth(five) if lines is None else lines, repair=repair))


def spoil(five: Together, name: str, *statements: sa.Executable) -> None:
    """Behind the service's back."""
    with five.services[name].engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def rows(five: Together, name: str, of: sa.Table = table) -> list[Any]:
    """All that it holds."""
    with five.services[name].engine.connect() as connection:
        return sorted(connection.execute(sa.select(of)).all(), key=str)


def id_of(five: Restored, email: str) -> UUID:
    """The delegation of that person."""
    (row,) = [one for one in five.rows(five.adherent) if one["email"] == email]
    return UUID(str(row["id"]))


def test_where_all_is_well_there_is_no_difference(five: Restored) -> None:
    for name in (*HOLDERS, "identity"):
        assert compared(five, name) == [{"compared": 3, "differences": 0, "repaired": False}], name


@pytest.mark.parametrize("name", HOLDERS)
def test_rights_that_are_not_delegations_are_said_first_then_repaired(five: Restored, name: str) -> None:
    well, kept, closed = rows(five, name), id_of(five, KEPT), id_of(five, CLOSED)
    (boss,) = {row.grant_id for row in well} - {kept, closed}
    more = {**well[0]._mapping, "grant_id": LOST, "open": True}
    spoil(
        five,
        name,
        sa.update(table).where(table.c.grant_id == kept).values(administrator=True),  # of the very version
        sa.update(table).where(table.c.grant_id == closed).values(open=True, sequence=1),  # the closing was lost
        sa.delete(table).where(table.c.grant_id == boss),
        sa.insert(table).values(more),
    )
    spoilt = rows(five, name)
    *found, last = compared(five, name)
    assert {one["delegation_id"]: (one["differs"], one["late"]) for one in found} == {
        kept: (["administrator"], False),
        closed: (["open"], True),
        boss: (["missing"], True),
        LOST: (["unknown"], False),
    }
    assert last == {"compared": 3, "differences": 4, "repaired": False} and rows(five, name) == spoilt
    assert compared(five, name, repair=True)[-1] == {"compared": 3, "differences": 4, "repaired": True}
    assert compared(five, name)[-1]["differences"] == 0
    after = {row.grant_id: row for row in rows(five, name)}
    assert after.pop(LOST).open is False
    assert after[closed].open is False and [after[kept], after[boss]] == [
        row for row in sorted(well, key=lambda one: one.grant_id != kept) if row.grant_id != closed
    ]


def test_whom_identity_awaits_is_repaired_as_its_events_would_have(five: Restored) -> None:
    kept, closed = id_of(five, KEPT), id_of(five, CLOSED)
    with five.identity.engine.connect() as connection:
        row = connection.execute(sa.select(awaited).where(awaited.c.delegation_id == kept)).mappings().one()
    mine = awaited.c.delegation_id
    spoil(
        five,
        "identity",
        sa.update(awaited).where(mine == kept).values(state="over"),
        sa.update(awaited).where(mine == closed).values(state="pending"),
        sa.insert(awaited).values({**row, "delegation_id": LOST, "state": "pending"}),
    )
    *found, last = compared(five, "identity")
    assert {one["delegation_id"]: one["differs"] for one in found} == {
        kept: ["state"],
        closed: ["state"],
        LOST: ["unknown"],
    }
    assert compared(five, "identity", repair=True)[-1]["differences"] == last["differences"] == 3
    assert compared(five, "identity") == [{"compared": 3, "differences": 0, "repaired": False}]
    states = {row.delegation_id: row.state for row in rows(five, "identity", awaited)}
    assert (states[kept], states[closed], states[LOST]) == ("confirmed", "over", "over")


def test_what_is_newer_here_than_what_was_said_is_no_difference_and_stays(five: Restored) -> None:
    before = truth(five)
    five.act(KEPT, "closing")
    held = rows(five, "dsn")
    assert compared(five, "dsn", before, repair=True)[-1]["differences"] == 0
    assert rows(five, "dsn") == held


@pytest.mark.parametrize("lost", [0, -1, 2])
def test_what_was_cut_short_ends_nothing(five: Restored, lost: int) -> None:
    lines, held = truth(five), rows(five, "dsn")
    del lines[lost]
    with pytest.raises(CutShort):
        compared(five, "dsn", lines, repair=True)
    assert rows(five, "dsn") == held


def test_an_operator_asks_with_a_command_that_says_by_its_status_whether_all_is_well(
    five: Restored, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "\n".join(truth(five))
    monkeypatch.setattr(__main__, "load", lambda name: five.services[name].service)

    def run(*words: str) -> Any:
        return CliRunner().invoke(__main__.main, ["reconcile", *words], input=io.StringIO(said).read())

    assert run("dsn").exit_code == 0
    spoil(five, "dsn", sa.update(table).values(open=False))
    wrong = run("dsn")
    assert wrong.exit_code == 1 and wrong.output.count('"differs": ["open"]') == 2
    assert run("dsn", "--repair").exit_code == 0 and run("dsn").exit_code == 0
    assert run("delegation").exit_code == 2
