"""Whose message leaves next (decision 31): a flood passes nobody, and nobody waits for ever."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.turns import SPACING, turns

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PARTIES = st.lists(st.sampled_from("abc"), min_size=1, max_size=12)
ORDERS = st.lists(st.tuples(st.integers(0, 5000), PARTIES, st.integers(0, 6)), min_size=1, max_size=12)


def simulated(orders):
    """Messages as they are ordered and sent: (number, party, turn, ordered at) in the order they leave."""
    waiting, left, at = [], [], NOW
    for pause, parties, sent in orders:
        at += timedelta(milliseconds=pause)
        last = {party: max(one[2] for one in waiting if one[1] == party) for party in {one[1] for one in waiting}}
        first = len(waiting) + len(left)
        given = zip(parties, turns(parties, last, at), strict=True)
        waiting += [(first + at_, party, turn, at) for at_, (party, turn) in enumerate(given)]
        waiting.sort(key=lambda one: (one[2], one[0]))
        left += waiting[:sent]
        del waiting[:sent]
    return left + waiting


@given(ORDERS)
def test_a_party_s_messages_leave_in_their_order(orders):
    for party in "abc":
        mine = [number for number, owner, _, _ in simulated(orders) if owner == party]
        assert mine == sorted(mine)


@given(ORDERS)
def test_nobody_waits_for_ever(orders):
    """What is ordered after a message's turn never leaves before it."""
    left = simulated(orders)
    for place, (_, _, turn, _) in enumerate(left):
        for _, _, _, ordered in left[:place]:
            assert ordered.timestamp() * 1000 <= turn + 1


def test_who_orders_one_passes_who_ordered_a_thousand():
    flood = turns(["a"] * 1000, {}, NOW)
    assert flood == sorted(flood) and len(set(flood)) == 1000
    (mine,) = turns(["b"], {}, NOW + timedelta(seconds=1))
    assert sum(one <= mine for one in flood) == 1000 // SPACING + 1


def test_who_has_nothing_waiting_is_not_held_to_what_he_sent():
    assert turns(["a"], {}, NOW) == turns(["b"], {"a": 10**15}, NOW)
