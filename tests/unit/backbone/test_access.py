"""Who may do what on which day (C9): grants together, days included, closed means closed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from backbone.errors import AccessRefused, NotFound
from backbone.ids import new_id
from backbone.rights import access
from backbone.rights.grants import Grant
from backbone.store.database import upsert_newer

ACCOUNT, TENANT = new_id(), new_id()
DAY = date(2026, 11, 23)


def grant(**values: Any) -> dict[str, Any]:
    """A row of the projection, usable on DAY, with one right."""
    usual = {
        "grant_id": new_id(),
        "epoch": 0,
        "sequence": 1,
        "account_id": ACCOUNT,
        "tenant_id": TENANT,
        "starts_on": DAY,
        "ends_on": None,
        "open": True,
        "administrator": False,
        "scopes": ["ouvriers"],
        "rights": {"declarations_salaires": "consultation"},
    }
    return {**usual, **values}


def given(connection: sa.Connection, **values: Any) -> None:
    project(connection, [grant(**values)])


def project(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    upsert_newer(connection, access.table(), rows, key=("grant_id",))


def asked(connection: sa.Connection, day: date = DAY, **options: Any) -> Grant:
    return access.require_access(connection, ACCOUNT, TENANT, day=day, **options)


def test_c9_both_days_of_a_period_are_included(connection: sa.Connection) -> None:
    given(connection, starts_on=DAY, ends_on=DAY)
    assert asked(connection).allows("declarations_salaires")
    for outside in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with pytest.raises(NotFound):
            asked(connection, day=outside)


def test_c9_without_an_end_it_stays_open(connection: sa.Connection) -> None:
    given(connection)
    assert asked(connection, day=date(2099, 1, 1))


@pytest.mark.parametrize("values", [{"open": False}, {"account_id": None}, {"tenant_id": UUID(int=9)}])
def test_aa22_nothing_open_and_nothing_there_are_the_same_refusal(
    connection: sa.Connection, values: dict[str, Any]
) -> None:
    given(connection, **values)
    with pytest.raises(NotFound):
        asked(connection)


def test_a_machine_has_no_access_of_its_own(connection: sa.Connection) -> None:
    given(connection, account_id=None)
    with pytest.raises(NotFound):
        access.require_access(connection, None, TENANT, day=DAY)


def test_several_grants_count_together_each_on_its_own_scopes(connection: sa.Connection) -> None:
    given(connection, rights={"a": "consultation", "b": "mise_a_jour"}, scopes=["etam"])
    given(connection, rights={"a": "mise_a_jour"}, scopes=["cadres"])
    given(connection, rights={"c": "mise_a_jour"}, open=False)
    together = asked(connection)
    assert together.allows("a", "mise_a_jour") and together.allows("b", "mise_a_jour", "etam")
    assert not together.allows("c") and not together.allows("a", "mise_a_jour", "etam")
    assert asked(connection, function="a", level="consultation", scope="etam")
    with pytest.raises(AccessRefused):
        asked(connection, function="b", scope="cadres")


def test_aa24_a_level_below_the_one_asked_is_refused(connection: sa.Connection) -> None:
    given(connection, rights={"a": "consultation"})
    assert asked(connection, function="a")
    for options in ({"function": "a", "level": "mise_a_jour"}, {"function": "b"}, {"administrator": True}):
        with pytest.raises(AccessRefused):
            asked(connection, **options)


def test_an_administrator_has_every_function(connection: sa.Connection) -> None:
    given(connection, administrator=True, rights={})
    assert asked(connection, function="anything", level="mise_a_jour", administrator=True).administrator
