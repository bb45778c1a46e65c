"""A form of the page behind a link, sent twice to the real service: the second gets the answer of the first (C3)."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from gateway.app import build
from gateway.clients.problem import UNKNOWN
from gateway.kit.session import COOKIE
from gateway.settings import Settings
from tests.gateway.line import Cut
from tests.gateway.portal import Portal

OTHER, PASSWORD = "Une autre phrase 8!", "Vélo-grimpe 7 cols"
WORDS = {"mot_de_passe": OTHER, "confirmation": OTHER}


def invited(identity):
    identity.opened()
    return identity.link()


def forgetful(identity):
    identity.active()
    identity.asked_reset()
    return identity.link("password_reset.requested.v1")


def due(identity):
    identity.active()
    identity.wait(days=80)
    identity.under.run_job("recertify")
    return identity.link("address_certification.requested.v1")


LINKS: dict[str, tuple[Callable, dict[str, str], str]] = {
    "invitation": (invited, {**WORDS, "nom": "Martin", "prenom": "Claire"}, "account.completed.v1"),
    "reinitialisation": (forgetful, WORDS, "password.changed.v1"),
    "identifiant": (lambda identity: identity.changing()[0], {}, "identifier.changed.v1"),
    "annulation": (lambda identity: identity.changing()[1], {}, "identifier_change.undone.v1"),
    "certification": (due, {}, "account.updated.v1"),
}


@pytest.fixture
def line(identity):
    """The line to identity."""
    return Cut(identity.under.app)


@pytest.fixture
def visitor(identity, line):
    """Somebody in front of the pages, on the real service."""
    settings = Settings.of(secret_key="x" * 32, trusted_proxies=1)
    return Portal(build(settings, transports={"identity": line}, clock=identity.clock).test_client())


@pytest.mark.parametrize("purpose", LINKS)
def test_pressed_twice_it_is_done_once_and_told_as_done(identity, visitor, purpose):
    given, fields, event = LINKS[purpose]
    token = given(identity)
    identity.under.clear()
    page, key = visitor.follow(purpose, token), str(uuid4())
    first, second = (visitor.post(page, cle=key, **fields).location for _ in range(2))
    assert first == second
    assert len(identity.recorded(event)) == 1


@pytest.mark.parametrize("purpose", LINKS)
def test_reloaded_after_an_unknown_result_it_is_told_as_done(identity, visitor, line, purpose):
    given, fields, event = LINKS[purpose]
    token = given(identity)
    identity.under.clear()
    page, key, line.cuts = visitor.follow(purpose, token), str(uuid4()), 2
    assert UNKNOWN in visitor.post(page, status=503, cle=key, **fields).text
    visitor.post(page, cle=key, **fields)
    assert len(identity.recorded(event)) == 1


ASKED = "/mon-compte/identifiant"
MOVE = {"email": "martin@example.com", "mot_de_passe_actuel": PASSWORD}


@pytest.fixture
def owner(identity, visitor):
    """The owner of an account, logged in."""
    identity.active()
    session = identity.login().json["session"]
    visitor.client.set_cookie(COOKIE, session, domain="espace.example.com", secure=True)
    return visitor


def test_another_identifiant_asked_for_twice_is_told_as_asked_for(identity, owner):
    key = str(uuid4())
    first, second = (owner.post(ASKED, cle=key, **MOVE).location for _ in range(2))
    assert first == second == "/identifiant/demande"
    assert len(identity.recorded("identifier_change.requested.v1")) == 1


def test_asked_for_twice_after_an_unknown_result_too(identity, owner, line):
    key, line.cuts, line.path = str(uuid4()), 2, "/account/identifier"
    assert UNKNOWN in owner.post(ASKED, status=503, cle=key, **MOVE).text
    assert owner.post(ASKED, cle=key, **MOVE).location == "/identifiant/demande"


def test_the_session_that_it_ended_is_told_nothing_else(identity, owner):
    owner.post(ASKED, cle=str(uuid4()), **MOVE)
    other = {**MOVE, "email": "autre@example.com"}
    assert owner.post(ASKED, status=302, cle=str(uuid4()), **other).location.startswith("/connexion")
    assert owner.get("/mon-compte", 302).location.startswith("/connexion")


def test_a_session_that_ended_otherwise_is_told_to_log_in(identity, owner):
    identity.wait(hours=9)
    assert owner.post(ASKED, status=302, cle=str(uuid4()), **MOVE).location.startswith("/connexion")
    with_none = identity.post("/identifier-changes/asked", {"session": "x" * 43, "email": MOVE["email"]})
    assert (with_none.status, with_none.json["code"]) == (401, "session_terminee")
