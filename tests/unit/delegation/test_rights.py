"""The lattice of rights: a child is never more than its parent (C10, G28)."""

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from contracts.words.levels import Level
from services.delegation.domain.rights import Scope, everything, stored_scope
from tests.unit.delegation.strategies import grants, scopes

LIMITED = Scope(False, frozenset({"etam"}), {"mes_documents": Level.CONSULTATION})


@given(scopes, scopes)
def test_a_bounded_scope_is_within_both(child: Scope, parent: Scope) -> None:
    assert child.meet(parent).within(parent)
    assert child.meet(parent).within(child)


@given(scopes, scopes, scopes)
def test_the_meet_is_the_greatest_scope_within_both(one: Scope, other: Scope, third: Scope) -> None:
    if third.within(one) and third.within(other):
        assert third.within(one.meet(other))


@given(scopes, scopes)
def test_within_says_exactly_that_nothing_is_clipped(child: Scope, parent: Scope) -> None:
    assert child.within(parent) == (child.meet(parent) == child)


@given(scopes)
def test_everything_bounds_every_scope(scope: Scope) -> None:
    assert scope.within(everything())
    assert scope.meet(everything()) == scope


@given(st.lists(grants, min_size=1, max_size=6))
def test_no_link_of_a_chain_gives_more_than_any_link_above_c10(chain: list) -> None:
    last = reduce(lambda parent, child: child.meet(parent), chain)
    assert all(last.scope.within(link.scope) for link in chain)
    days = [last.period.starts_on, last.period.last_day]
    assert last.period.last_day < last.period.starts_on or all(
        link.period.covers(day) for link in chain for day in days
    )


@given(scopes)
def test_a_scope_survives_storage(scope: Scope) -> None:
    assert stored_scope(**scope.as_plain()) == scope


def test_an_update_right_is_clipped_to_the_consultation_of_the_parent_c10() -> None:
    update = Scope(False, frozenset({"etam"}), {"mes_documents": Level.MISE_A_JOUR})
    assert update.meet(LIMITED).rights == {"mes_documents": Level.CONSULTATION}
    assert not update.within(LIMITED)


def test_the_catalogue_orders_what_is_stored() -> None:
    assert everything().as_plain()["colleges"] == ["ouvriers", "etam", "cadres"]
    assert len(everything().as_plain()["rights"]) == 16
