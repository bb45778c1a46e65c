"""Which tiles come first: decayed counts of days of use (G69)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.words.levels import Level
from contracts.words.uses import ADMINISTRATION, CODES, NOUS_CONTACTER
from services.delegation.domain.rights import Scope
from services.delegation.domain.uses import by_use, counted, forgotten_before
from tests.unit.delegation.strategies import TODAY, scopes

HALF_LIFE = 30
uses = st.lists(st.tuples(st.sampled_from(CODES), st.dates(TODAY - timedelta(days=200), TODAY)), max_size=60)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@given(uses, st.randoms())
def test_each_code_once_whatever_the_order_and_the_repeats(found: list[tuple[str, date]], random) -> None:
    shuffled = [*found, *found]
    random.shuffle(shuffled)
    order = by_use(found, HALF_LIFE)
    assert by_use(shuffled, HALF_LIFE) == order and sorted(order) == sorted({code for code, _ in found})


@given(uses, st.integers(1, 400))
def test_time_alone_never_changes_the_order(found: list[tuple[str, date]], days: int) -> None:
    earlier = [(code, day - timedelta(days=days)) for code, day in found]
    assert by_use(earlier, HALF_LIFE) == by_use(found, HALF_LIFE)


@given(uses, st.sampled_from(CODES))
def test_one_more_day_of_use_never_sends_a_code_back(found: list[tuple[str, date]], code: str) -> None:
    tomorrow = TODAY + timedelta(days=1)
    before, after = by_use(found, HALF_LIFE), by_use([*found, (code, tomorrow)], HALF_LIFE)
    assert after.index(code) <= (before.index(code) if code in before else len(before))
    others = [one for one in after if one != code]
    assert others == [one for one in before if one != code]


def test_a_day_weighs_half_after_its_half_life() -> None:
    assert by_use([("a", ago(0)), ("b", ago(30)), ("b", ago(31)), ("b", ago(32))], HALF_LIFE)[0] == "b"
    assert by_use([("a", ago(0)), ("b", ago(31)), ("b", ago(32))], HALF_LIFE)[0] == "a"
    assert by_use([("a", ago(0)), ("b", ago(30)), ("b", ago(30))], HALF_LIFE)[0] == "a", "a day counts once"


def test_equal_ones_are_ordered_by_the_last_use_then_by_code() -> None:
    assert by_use([("b", TODAY), ("a", TODAY)], HALF_LIFE) == ["a", "b"]
    # Two days of one half-life ago weigh as much as one of today.
    assert by_use([("a", ago(0)), ("b", ago(1)), ("b", ago(1))], 1) == ["a", "b"]


@given(scopes, st.lists(st.sampled_from(CODES)))
def test_only_what_one_may_use_is_counted(scope: Scope, codes: list[str]) -> None:
    found = counted(codes, scope)
    assert set(found) <= set(codes) and (ADMINISTRATION in found) == (scope.administrator and ADMINISTRATION in codes)
    assert all(code in scope.rights for code in found if code not in (ADMINISTRATION, *_open_to_all()))


def _open_to_all() -> list[str]:
    return counted(CODES, Scope(False, frozenset(), {}))


def test_who_has_no_right_still_writes_to_the_caisse() -> None:
    scope = Scope(False, frozenset({"etam"}), {"mes_documents": Level.CONSULTATION})
    assert counted([NOUS_CONTACTER, "mes_documents", "mes_telepaiements"], scope) == ["mes_documents", NOUS_CONTACTER]


def test_what_weighs_nothing_any_more_is_forgotten() -> None:
    assert forgotten_before(TODAY, HALF_LIFE) == ago(180)
