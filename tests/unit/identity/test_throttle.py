"""How guesses are slowed (C6)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.rules.networks import client_network
from contracts.rules.windows import DAY, Window, wait
from services.identity.domain.throttle import Throttle, pause_after

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_pauses_are_1_2_4_8_then_15_minutes_c6():
    assert [pause_after(n) // timedelta(minutes=1) for n in range(4, 12)] == [0, 1, 2, 4, 8, 15, 15, 15]


def test_five_failures_lock_for_a_minute_aa1():
    throttle = Throttle()
    for _ in range(5):
        assert throttle.pause(NOW) == timedelta()
        throttle = throttle.attempted(NOW)
    assert throttle.pause(NOW) == timedelta(minutes=1)
    assert throttle.pause(NOW + timedelta(minutes=1)) == timedelta()


def test_a_day_without_failures_forgets_them_c6():
    throttle = Throttle(failures=9, last_at=NOW - DAY, locked_until=NOW - DAY)
    assert throttle.attempted(NOW).failures == 1


def test_one_ipv6_subscriber_is_one_client_c6():
    assert client_network("2001:db8::1") == client_network("2001:db8::ffff:1") != client_network("2001:db8:0:1::1")
    assert client_network("::ffff:192.0.2.1") == client_network("192.0.2.1") != client_network("192.0.2.2")
    assert client_network("-") == "-"


def test_the_longest_of_two_windows_decides_c5():
    windows = (Window(timedelta(seconds=60), 1), Window(timedelta(hours=1), 2))
    hits = [NOW - timedelta(minutes=50), NOW - timedelta(seconds=10)]
    assert wait(windows, hits, NOW) == timedelta(minutes=10)


seconds = st.integers(0, 200_000)


@given(st.lists(seconds, max_size=60), st.integers(1, 30), st.integers(1, 90_000))
def test_no_window_ever_holds_more_than_allowed_c6(arrivals, at_most, length):
    window, admitted = Window(timedelta(seconds=length), at_most), []
    for arrival in sorted(arrivals):
        now = NOW + timedelta(seconds=arrival)
        if not wait([window], admitted, now):
            admitted.append(now)
    for start in admitted:
        assert sum(start <= one < start + window.length for one in admitted) <= at_most


@given(st.lists(seconds, max_size=40), seconds)
def test_what_it_says_to_wait_is_exact(arrivals, later):
    window, now = Window(timedelta(hours=1), 3), NOW + timedelta(seconds=later)
    hits = [NOW + timedelta(seconds=one) for one in arrivals if one <= later]
    pause = wait([window], hits, now)
    assert wait([window], hits, now + pause) == timedelta()
    if pause > timedelta():
        assert wait([window], hits, now + pause - timedelta(microseconds=1)) > timedelta()
