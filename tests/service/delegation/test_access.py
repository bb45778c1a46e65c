"""What delegation answers a service that does not believe its own projection any more (decision 0017)."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from backbone.rights import access
from backbone.store.database import upsert_newer
from backbone.testing import ServiceUnderTest
from contracts.events.access import access_row, take_access
from services.delegation.api.schemas import HeldAccessesSchema
from services.delegation.storage.tables import delegations
from tests.service.delegation.world import Company, World

EVENTS = ("delegation.confirmed.v1", "delegation.changed.v1", "delegation.closed.v1")


def answer(world: World, account: UUID) -> list[dict[str, object]]:
    got = world.under.get("/v1/access", as_=account)
    assert got.status == 200 and HeldAccessesSchema().validate(got.json) == {}
    return list(got.json["items"])


def projected(world: World, account: UUID) -> list[tuple[object, ...]]:
    """The rows that the answer makes, in a projection of another service."""
    with world.under.engine.begin() as connection:
        take_access(connection, account, {"items": answer(world, account)})
        rows = connection.execute(sa.select(access.table()).order_by(access.table().c.grant_id)).all()
        connection.execute(sa.delete(access.table()))
    return [tuple(row) for row in rows]


def announced(world: World) -> list[tuple[object, ...]]:
    """The rows that the events make."""
    rows = [access_row(event) for event in world.under.recorded() if event.type in EVENTS]
    with world.under.engine.begin() as connection:
        upsert_newer(connection, access.table(), rows, key=("grant_id",))
        found = connection.execute(sa.select(access.table()).order_by(access.table().c.grant_id)).all()
        connection.execute(sa.delete(access.table()))
    return [tuple(row) for row in found]


def test_it_says_what_the_events_say(world: World) -> None:
    company = world.company()
    assert projected(world, company.founder) == announced(world) != []


def test_a_closed_one_is_told_as_closed(world: World, company: Company) -> None:
    assert [one["open"] for one in answer(world, company.founder)] == [True]
    world.execute(sa.update(delegations).values(closed_at=world.under.clock.now() + timedelta(seconds=1)))
    assert [one["open"] for one in answer(world, company.founder)] == [False]


def test_what_was_never_confirmed_and_what_is_another_s_is_not_told(world: World, company: Company) -> None:
    other = world.company(2)
    assert {one["adherent_id"] for one in answer(world, other.founder)} == {str(other.id)}
    world.execute(sa.update(delegations).values(confirmed_at=None))
    assert answer(world, company.founder) == []


def test_a_machine_cannot_ask_about_people(under: ServiceUnderTest) -> None:
    assert under.get("/v1/access", machine=["referential:write"]).status == 403
    assert under.get("/v1/access").status == 401
