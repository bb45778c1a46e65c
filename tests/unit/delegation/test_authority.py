"""What counts as granting administration (C8): a day that was not open before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from contracts.words.levels import Level
from services.delegation.domain.authority import grants_administration
from services.delegation.domain.grant import Grant
from services.delegation.domain.period import Period
from services.delegation.domain.rights import Scope, everything
from tests.unit.delegation.strategies import TODAY, grants

READER = Scope(False, frozenset({"etam"}), {"mes_documents": Level.CONSULTATION})
FRIDAY = TODAY + timedelta(days=4)
MONTH = Period(TODAY, TODAY + timedelta(days=30))
ADMINISTRATOR = Grant(MONTH, everything())


@pytest.mark.parametrize("before", [None, Grant(MONTH, READER)])
def test_c8_a_new_administrator_and_a_user_who_becomes_one(before: Grant | None) -> None:
    assert grants_administration(ADMINISTRATOR, before)


@pytest.mark.parametrize("days", [Period(TODAY), replace(MONTH, starts_on=TODAY - timedelta(days=1))])
def test_c8_more_days_of_administration_are_a_grant(days: Period) -> None:
    assert grants_administration(Grant(days, everything()), ADMINISTRATOR)


@pytest.mark.parametrize("days", [MONTH, Period(TODAY, FRIDAY), Period(FRIDAY, MONTH.ends_on)])
def test_fewer_days_or_fewer_colleges_grant_nothing(days: Period) -> None:
    fewer = replace(everything(), colleges=frozenset({"etam"}))
    assert not grants_administration(Grant(days, fewer), ADMINISTRATOR)


@given(grants, grants)
def test_who_is_no_administrator_is_granted_no_administration(asked: Grant, before: Grant) -> None:
    plain = replace(asked, scope=replace(asked.scope, administrator=False))
    assert not grants_administration(plain, before) and not grants_administration(plain)


@given(grants)
def test_the_same_again_grants_nothing(grant: Grant) -> None:
    assert not grants_administration(grant, grant)
