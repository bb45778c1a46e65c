"""What several grants give together: never more than one of them does (K2)."""

from hypothesis import given
from hypothesis import strategies as st

from backbone.ids import new_id
from backbone.rights.grants import Grant, Part, leading
from backbone.rights.levels import STRENGTH

FUNCTIONS, SCOPES, HEIGHTS = ("f", "g"), ("etam", "cadres"), ("consultation", "mise_a_jour")
parts = st.builds(
    Part,
    st.builds(new_id),
    st.booleans(),
    st.frozensets(st.sampled_from(SCOPES)),
    st.dictionaries(st.sampled_from(FUNCTIONS), st.sampled_from(HEIGHTS)),
)


def one(administrator: bool = False, scopes: str = "", **rights: str) -> Part:
    return Part(new_id(), administrator, frozenset(scopes.split()), rights)


def test_rights_of_one_grant_are_not_for_the_scopes_of_another() -> None:
    together = Grant((one(scopes="etam", f="mise_a_jour"), one(scopes="cadres", f="consultation")))
    assert together.allows("f", "mise_a_jour") and together.allows("f", "consultation", "cadres")
    assert not together.allows("f", "mise_a_jour", "cadres")


def test_an_administrator_has_every_function_on_his_own_scopes() -> None:
    together = Grant((one(True, "etam"), one(scopes="cadres", f="consultation")))
    assert together.allows("g", "mise_a_jour", "etam") and together.administrator
    assert not together.allows("g", "consultation", "cadres")


@given(
    st.lists(parts, max_size=4),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(HEIGHTS),
    st.one_of(st.none(), st.sampled_from(SCOPES)),
)
def test_together_they_allow_what_one_of_them_allows_and_nothing_more(
    several: list[Part], function: str, level: str, scope: str | None
) -> None:
    def alone(part: Part) -> bool:
        held = "mise_a_jour" if part.administrator else part.rights.get(function, "")
        return STRENGTH[held] >= STRENGTH[level] and (scope is None or scope in part.scopes)

    assert Grant(tuple(several)).allows(function, level, scope) == any(map(alone, several))


@given(st.lists(parts, max_size=4), st.sets(st.sampled_from(FUNCTIONS)), st.sampled_from(HEIGHTS))
def test_the_scopes_of_some_functions_are_those_on_which_one_of_them_is_allowed(
    several: list[Part], functions: set[str], level: str
) -> None:
    together = Grant(tuple(several))
    one_by_one = {scope for scope in SCOPES if any(together.allows(name, level, scope) for name in functions)}
    assert together.scopes(functions, level) == one_by_one


@given(st.lists(parts, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_where_one_must_be_chosen_it_is_the_same_whatever_the_order(several: list[Part], random: object) -> None:
    chosen = leading(several)
    shuffled = list(several)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert leading(shuffled) == chosen
    assert chosen.administrator == any(part.administrator for part in several)
