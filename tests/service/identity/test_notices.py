"""Notices to the owner (ASVS 6.3.5, 6.3.7): a new browser, a series of refused logins, a password after an address."""

import pytest

from backbone.secrets import new_token
from contracts.words.acts import Act
from services.identity.domain.familiar import is_unfamiliar
from tests.service.identity.conftest import OTHER, PASSWORD

NEW, REFUSED = "new_browser.used.v1", "logins.refused.v1"
FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"}
HOME, AWAY = "203.0.113.77", "198.51.100.9"


def login(identity, browser=None, ip=HOME, email="claire@example.com", password=PASSWORD):
    body = {"email": email, "mot_de_passe": password, **({"browser": browser} if browser else {})}
    return identity.post("/sessions", body, ip=ip, headers=FIREFOX)


def refuse(identity, times, email="claire@example.com"):
    for _ in range(times):
        login(identity, email=email, password="pas celui-ci 9!")
        identity.under.run_job("tell_refused_logins")
        identity.wait(minutes=16)  # past every pause


def test_a_login_from_a_browser_never_used_is_told_to_the_owner_once(identity):
    identity.active()
    mine, other = new_token(), new_token()
    for browser, ip in ((mine, HOME), (other, AWAY), (other, AWAY), (mine, AWAY)):
        assert login(identity, browser, ip).status == 201
    (told,) = identity.recorded(NEW)
    assert (told.data["email"], told.data["browser"], told.data["address"]) == (
        "claire@example.com",
        "Firefox sur Windows",
        "198.51.100.x",
    )


def test_the_first_login_that_is_known_of_is_no_news(identity):
    identity.active()
    login(identity, new_token())
    assert identity.recorded(NEW) == []


def test_who_empties_his_browser_is_known_by_its_words_and_network(identity):
    identity.active()
    for _ in range(3):
        login(identity, new_token())
    assert identity.recorded(NEW) == []


def test_a_login_that_carries_nothing_is_known_by_its_place_alone(identity):
    identity.active()
    for ip in (HOME, HOME, AWAY, AWAY):
        login(identity, ip=ip)
    assert [event.data["address"] for event in identity.recorded(NEW)] == ["198.51.100.x"]


def test_a_browser_of_one_account_is_new_to_another(identity):
    shared = new_token()
    for email in ("claire@example.com", "autre@example.com"):
        identity.active(email)
        login(identity, new_token(), HOME, email)
        identity.under.clear()
    login(identity, shared, AWAY)
    login(identity, shared, AWAY, "autre@example.com")
    assert identity.told(NEW) == ["claire@example.com", "autre@example.com"]


def test_a_browser_unused_for_a_year_is_new_again(identity):
    identity.active()
    login(identity, mine := new_token(), HOME)
    identity.wait(days=200)
    with identity.under.engine.begin() as connection:  # certified again meanwhile
        connection.exec_driver_sql("UPDATE accounts SET email_certified_at = NULL")
    login(identity, new_token(), AWAY)
    identity.wait(days=200)
    identity.under.run_job("purge")
    login(identity, mine, HOME)
    assert len(identity.recorded(NEW)) == 2


def test_the_token_of_a_browser_is_kept_as_a_digest(identity):
    identity.active()
    login(identity, token := new_token())
    with identity.under.engine.connect() as connection:
        assert token not in str(connection.exec_driver_sql("SELECT * FROM browsers").all())


def test_a_field_that_is_not_known_is_named_so_that_a_newer_gateway_asks_without(identity):
    refused = identity.post("/sessions", {"email": "a@example.com", "mot_de_passe": "x", "later": "y"})
    assert (refused.status, [one["field"] for one in refused.json["errors"]]) == (422, ["later"])


def test_five_refused_logins_in_a_row_are_told_and_four_are_not(identity):
    identity.active()
    refuse(identity, 4)
    assert identity.recorded(REFUSED) == []
    refuse(identity, 1)
    (told,) = identity.recorded(REFUSED)
    assert (told.data["email"], told.data["refused"]) == ("claire@example.com", 5)


def test_a_series_is_told_once_a_day_at_most(identity):
    identity.active()
    refuse(identity, 12)
    assert len(identity.recorded(REFUSED)) == 1
    identity.wait(days=1)
    refuse(identity, 6)
    assert len(identity.recorded(REFUSED)) == 2


def test_nobody_is_told_of_refusals_at_an_address_without_account_or_merely_invited(identity):
    identity.opened("invitee@example.com")
    for email in ("personne@example.com", "invitee@example.com"):
        refuse(identity, 6, email)
    assert identity.recorded(REFUSED) == []


def test_a_right_password_in_between_begins_a_new_series(identity):
    me = identity.active()
    refuse(identity, 4)
    login(identity)
    refuse(identity, 4)
    assert identity.recorded(REFUSED) == []
    found = [one["act"] for one in identity.get("/account/activity", as_=me).json["items"]]
    assert found.count(Act.LOGIN_REFUSED) == 8


def test_a_password_changed_after_the_address_is_told_to_the_former_one_too(identity):
    activation, _ = identity.changing()
    assert identity.activate(activation).status == 204
    token = identity.login("martin@example.com").json["access_token"]
    form = {"mot_de_passe_actuel": PASSWORD, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.put("/account/password", form, token=token).status == 204
    (told,) = identity.recorded("password.changed.v1")
    assert (told.data["email"], told.data["former_email"]) == ("martin@example.com", "claire@example.com")


def test_a_password_changed_alone_is_told_at_one_address(identity):
    identity.active()
    form = {"mot_de_passe_actuel": PASSWORD, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.put("/account/password", form, token=identity.login().json["access_token"]).status == 204
    assert identity.recorded("password.changed.v1")[0].data["former_email"] is None


@pytest.mark.parametrize(("known", "before", "here"), [(k, b, h) for k in (0, 1) for b in (0, 1) for h in (0, 1)])
def test_a_browser_is_unfamiliar_when_nothing_speaks_for_it(known, before, here):
    told = is_unfamiliar(carries_known=bool(known), logged_in_before=bool(before), logged_in_here=bool(here))
    assert told is ((known, before, here) == (0, 1, 0))
