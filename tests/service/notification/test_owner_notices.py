"""What the owner of an account is told by mail of what he may not have done himself, whatever he prefers."""

from datetime import timedelta

from backbone.testing import ServiceUnderTest
from contracts.events import identity
from tests.service.notification.mail import like, send, subjects, text_of
from tests.support.smtp import SmtpSink


def test_a_new_browser_is_told_with_its_place_and_where_to_end_it(under: ServiceUnderTest, sink: SmtpSink) -> None:
    for _ in range(2):
        under.deliver(identity.NEW_BROWSER_USED, like(identity.NEW_BROWSER_USED))
    assert send(under) == 1
    assert sink.recipients == ["comptable@example.com"]
    assert subjects(sink) == ["Mon espace CIBTP : Connexion depuis un nouveau navigateur"]
    for text in ("Firefox sur Windows", "203.0.113.x", "https://espace.example.com/mon-compte/sessions"):
        assert text in text_of(sink)


def test_a_new_browser_of_which_nothing_is_known_is_told_all_the_same(under: ServiceUnderTest, sink: SmtpSink) -> None:
    odd = like(identity.NEW_BROWSER_USED, browser=None, address=None, prenom=None)
    under.deliver(identity.NEW_BROWSER_USED, odd)
    assert send(under) == 1
    assert "None" not in text_of(sink) and "Navigateur :" not in text_of(sink)


def test_a_series_of_refused_logins_is_told(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(identity.LOGINS_REFUSED, like(identity.LOGINS_REFUSED))
    assert send(under) == 1
    assert subjects(sink) == ["Mon espace CIBTP : Plusieurs connexions refusées"]
    assert "5 connexions de suite" in text_of(sink)


def test_each_login_is_told_by_itself(under: ServiceUnderTest, sink: SmtpSink) -> None:
    first = like(identity.NEW_BROWSER_USED)
    for later in (0, 60):
        moment = first["logged_in_at"] + timedelta(seconds=later)
        under.deliver(identity.NEW_BROWSER_USED, {**first, "logged_in_at": moment})
    assert send(under) == 2


def test_no_preference_silences_them(under: ServiceUnderTest, sink: SmtpSink) -> None:
    under.deliver(identity.NEW_BROWSER_USED, like(identity.NEW_BROWSER_USED))
    send(under)
    assert sink.messages[0]["List-Unsubscribe"] is None


def test_a_new_password_is_told_at_the_address_that_was_left_a_moment_ago_too(
    under: ServiceUnderTest, sink: SmtpSink
) -> None:
    left = like(identity.PASSWORD_CHANGED, former_email="avant@example.com")
    under.deliver(identity.PASSWORD_CHANGED, left)
    assert send(under) == 2
    assert sorted(sink.recipients) == ["avant@example.com", "comptable@example.com"]
