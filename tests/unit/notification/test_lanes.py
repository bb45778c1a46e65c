"""No destination has all the senders."""

import pytest

from services.notification.domain import lanes
from services.notification.domain.lanes import Lanes


def closed(one: Lanes) -> frozenset[str]:
    with one.claiming() as domains:
        return domains


def taken(one: Lanes, *recipients: str) -> Lanes:
    for recipient in recipients:
        with one.claiming():
            one.enter(recipient)
    return one


def test_one_domain_has_all_senders_but_one() -> None:
    one = taken(Lanes(4), "a@x.fr", "b@X.fr")
    assert closed(one) == frozenset()
    assert closed(taken(one, "c@x.fr")) == {"x.fr"}
    one.leave("a@x.fr", overdue=False)
    assert closed(one) == frozenset()


def test_one_sender_alone_takes_what_comes() -> None:
    assert closed(taken(Lanes(), "a@x.fr")) == frozenset()


def test_the_slow_domains_share_one_sender() -> None:
    one = taken(Lanes(4), "a@x.fr", "a@y.fr")
    one.leave("a@x.fr", overdue=True)
    one.leave("a@y.fr", overdue=True)
    assert closed(one) == frozenset()
    assert closed(taken(one, "b@x.fr")) == {"x.fr", "y.fr"}


def test_a_domain_is_slow_until_a_message_to_it_comes_to_an_end() -> None:
    one = taken(Lanes(4), "a@x.fr")
    one.leave("a@x.fr", overdue=True)
    taken(one, "a@x.fr").leave("a@x.fr", overdue=False)
    assert closed(taken(one, "a@x.fr")) == frozenset()


def test_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "FORGIVEN", -1.0)
    one = taken(Lanes(4), "a@x.fr")
    one.leave("a@x.fr", overdue=True)
    assert closed(taken(one, "a@x.fr")) == frozenset()
