"""What the former version writes while this one starts beside it: accounts without any column that it does not know."""

import pytest
import sqlalchemy as sa

from backbone.ids import new_id
from services.delegation.storage import accounts
from services.delegation.storage.tables import accounts as table
from services.delegation.storage.tables import delegations
from tests.service.delegation.world import Company, World

BEFORE, AFTER = "avant@example.com", "Apres@example.com"


@pytest.fixture
def moved(company: Company, world: World) -> World:
    """Somebody whose account the former version moved to another address."""
    company.confirmed(BEFORE)
    world.rename(BEFORE, sequence=2)
    mine = world.account(BEFORE)
    world.execute(sa.update(table).where(table.c.account_id == mine).values(email=AFTER, sequence=3))
    shown = {"email": AFTER, "email_key": AFTER.lower()}
    world.execute(sa.update(delegations).where(delegations.c.account_id == mine).values(shown))
    return world


def test_who_left_an_address_is_not_found_by_it(company: Company, moved: World) -> None:
    assert company.ask(BEFORE).status == 201
    assert company.ask(AFTER).json["code"] == "delegation_existante"


def test_whom_it_wrote_is_found_by_his_address(world: World) -> None:
    written = {"account_id": new_id(), "sequence": 1, "email": AFTER, "nom": "Martin", "prenom": "Claire"}
    world.execute(sa.insert(table).values(written))
    with world.under.engine.connect() as connection:
        assert accounts.owners(connection, AFTER.lower()) == [written["account_id"]]
