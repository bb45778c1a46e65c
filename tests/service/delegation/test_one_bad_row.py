"""One delegation that cannot be closed at its end does not keep the others open (FA17)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.delegation.storage.tables import delegations
from tests.service.delegation.world import TODAY, Company, World


@pytest.mark.parametrize("bad", range(3))
def test_the_others_are_closed(company: Company, world: World, bad: int) -> None:
    ids = [company.confirmed(f"c{number}@example.com", ends_on=TODAY.isoformat()) for number in range(3)]
    query = sa.select(delegations.c.id).where(delegations.c.email.like("c%@example.com")).order_by(delegations.c.id)
    with world.under.engine.connect() as connection:
        due = list(connection.scalars(query))
    world.execute(sa.update(delegations).where(delegations.c.id == due[bad]).values(granted={"unreadable": True}))
    world.events()
    world.under.clock.advance(timedelta(days=2))
    assert world.under.run_job("close_ended_delegations") == 2
    assert world.events() == ["delegation.closed"] * 2 and len(ids) == 3
