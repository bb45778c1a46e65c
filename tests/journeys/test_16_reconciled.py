"""`reconcile`, as an operator runs it: real processes that go on working, PostgreSQL and RabbitMQ (decision 55)."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.rights import access
from services.identity.storage.tables import delegations as awaited
from tests.journeys.companies import a_company
from tests.journeys.systems import Distributed
from tests.journeys.test_10_bus_away import Story
from tests.support.fixtures import postgres, rabbitmq  # noqa: F401  (fixtures)
from tests.support.ports import eventually
from tests.support.postgres import Postgres
from tests.support.rabbitmq import Rabbit

HOLDERS = ("dsn", "contact", "notification")
UNKNOWN = UUID("01930000-0000-7000-8000-00000000dead")  # which delegation does not know, and made long ago
table = access.table()
pytestmark = [pytest.mark.rabbitmq, pytest.mark.postgresql, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture
def system(tmp_path: Path, postgres: Postgres, rabbitmq: Rabbit) -> Iterator[Distributed]:  # noqa: F811
    """A system of this test alone."""
    running = Distributed(tmp_path, postgres, rabbitmq)
    yield running
    running.close()


def test_each_service_says_what_it_holds_wrong_repairs_it_and_goes_on_following(system: Distributed) -> None:
    story = Story(system, a_company())  # type: ignore[arg-type]
    story.open()
    founder, firm = story.company.administrateur, story.company.firm.email
    held = UUID(story.delegation.rpartition("/")[2])
    for name in (*HOLDERS, "identity"):
        eventually(partial(settled, system, name), limit=60, what=f"{name} does not settle")

    for name in HOLDERS:
        well = rows(system, name)
        (boss,) = well.keys() - {held}
        spoil(
            system,
            name,
            sa.delete(table).where(table.c.grant_id == boss),
            sa.update(table).where(table.c.grant_id == held).values(rights={}),
            sa.insert(table).values({**well[boss], "grant_id": UNKNOWN}),
        )
        wrong = {str(boss): ["missing"], str(held): ["rights"], str(UNKNOWN): ["unknown"]}
        holds(system, name, table, wrong)
        after = rows(system, name)
        assert after.pop(UNKNOWN)["open"] is False and after == well

    well = rows(system, "identity", awaited)
    spoil(
        system,
        "identity",
        sa.update(awaited).where(awaited.c.delegation_id == held).values(state="over"),
        sa.insert(awaited).values({**well[held], "delegation_id": UNKNOWN, "state": "pending"}),
    )
    holds(system, "identity", awaited, {str(held): ["state"], str(UNKNOWN): ["unknown"]})
    after = rows(system, "identity", awaited)
    assert after.pop(UNKNOWN)["state"] == "over" and after == well

    assert (story.sites(founder), story.write(founder)) == ((200, 1), 201)
    assert (story.sites(firm), story.write(firm)) == ((200, 1), 201)
    story.decide("closing")  # an event by the bus, on what was repaired
    eventually(lambda: story.sites(firm) == (200, 0) and story.write(firm) == 404, limit=60)


def holds(system: Distributed, name: str, of: sa.Table, wrong: dict[str, list[str]]) -> None:
    """The dry run says `wrong` and writes nothing; the repair says the same; then nothing is left to say."""
    spoilt = rows(system, name, of)
    assert reconciled(system, name) == (1, wrong) and rows(system, name, of) == spoilt
    assert reconciled(system, name, "--repair") == (0, wrong)
    assert reconciled(system, name) == reconciled(system, name, "--repair") == (0, {})


def reconciled(system: Distributed, name: str, *words: str) -> tuple[int, dict[str, list[str]]]:
    """`scripts/reconcile.sh` of one service: the exit status, and what differs, by delegation."""
    truth = system.piped("delegation", "ask", "delegation", "delegations")
    assert truth.returncode == 0, truth.stderr
    said = system.piped(name, "reconcile", name, *words, read=truth.stdout)
    assert said.stdout, said.stderr
    *found, last = (json.loads(line) for line in said.stdout.splitlines())
    assert (last["compared"], last["differences"], last["repaired"]) == (2, len(found), bool(words))
    return said.returncode, {one["delegation_id"]: one["differs"] for one in found}


def settled(system: Distributed, name: str) -> bool:
    """Whether the service holds what delegation says: what was told has arrived."""
    return reconciled(system, name)[0] == 0


def spoil(system: Distributed, name: str, *statements: sa.Executable) -> None:
    """Behind the service's back."""
    engine = sa.create_engine(system.database(name))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    engine.dispose()


def rows(system: Distributed, name: str, of: sa.Table = table) -> dict[UUID, dict[str, Any]]:
    """All that it holds, by delegation."""
    engine = sa.create_engine(system.database(name))
    with engine.connect() as connection:
        found = connection.execute(sa.select(of)).mappings().all()
    engine.dispose()
    (key,) = of.primary_key.columns
    return {row[key.name]: dict(row) for row in found}
