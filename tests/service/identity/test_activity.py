"""« Activité du compte »: what was done with an account and what was refused, for its owner, for twelve months."""

import pytest

from contracts.words.acts import Act
from tests.service.identity.conftest import OTHER, PASSWORD

FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"}


def acts(identity, me, **options):
    page = identity.get("/account/activity?page_size=100", as_=me, **options).json
    return [one["act"] for one in page["items"]]


def refuse(identity, times=1, email="claire@example.com", **options):
    for _ in range(times):
        body = {"email": email, "mot_de_passe": "pas celui-ci 9!"}
        assert identity.post("/sessions", body, **options).status == 401
    identity.under.run_job("tell_refused_logins")


def test_acts_are_told_with_their_place_the_newest_first(identity):
    me = identity.active()
    answer = identity.post(
        "/sessions", {"email": "claire@example.com", "mot_de_passe": PASSWORD}, ip="203.0.113.77", headers=FIREFOX
    ).json
    identity.wait(minutes=1)
    identity.post("/sessions/end", {"session": answer["session"]})
    items = identity.get("/account/activity", as_=me).json["items"]
    assert [one["act"] for one in items] == [Act.LOGOUT, Act.LOGIN, Act.OPENED]
    assert (items[1]["browser"], items[1]["address"]) == ("Firefox sur Windows", "203.0.113.x")


def test_refused_logins_are_told_to_whose_account_it_is(identity):
    me = identity.active()
    other = identity.active("autre@example.com")
    refuse(identity, 2, "Claire@Example.com", ip="198.51.100.9")
    refuse(identity, 1, "personne@example.com")
    items = identity.get("/account/activity", as_=me).json["items"]
    assert [one["act"] for one in items] == [Act.LOGIN_REFUSED] * 2 + [Act.OPENED]
    assert items[0]["address"] == "198.51.100.x"
    assert acts(identity, other) == [Act.OPENED]


def test_a_refused_login_is_noted_alike_for_every_address(identity):
    identity.active()
    for email in ("claire@example.com", "personne@example.com"):
        assert identity.post("/sessions", {"email": email, "mot_de_passe": "pas celui-ci 9!"}).status == 401
    with identity.under.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT email_key FROM refused_logins ORDER BY email_key").scalars().all()
        known = connection.exec_driver_sql("SELECT count(*) FROM activity WHERE act = 'authn_login_fail'").scalar()
    assert (rows, known) == (["claire@example.com", "personne@example.com"], 0)
    identity.under.run_job("tell_refused_logins")
    with identity.under.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM refused_logins").scalar() == 0


def test_that_logins_wait_is_told_once_they_do(identity):
    me = identity.active()
    refuse(identity, 4)
    assert Act.LOGIN_LOCKED not in acts(identity, me)
    refuse(identity, 1)
    assert acts(identity, me)[:2].count(Act.LOGIN_LOCKED) == 1


def test_what_is_refused_to_who_is_logged_in_is_kept_though_it_changed_nothing(identity):
    me = identity.active()
    answer = identity.login().json
    form = {"mot_de_passe_actuel": "faux 9! faux", "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.put("/account/password", form, token=answer["access_token"]).status == 422
    again = {"session": answer["session"], "mot_de_passe": "faux 9! faux"}
    assert identity.post("/sessions/reauthenticate", again).status == 401
    assert set(acts(identity, me)[:2]) == {Act.PASSWORD_REFUSED, Act.PROOF_REFUSED}


def test_a_password_and_a_session_leave_their_acts(identity):
    me = identity.active()
    first, token = identity.login().json["access_token"], identity.login().json["access_token"]
    form = {"mot_de_passe_actuel": PASSWORD, "mot_de_passe": OTHER, "confirmation": OTHER}
    assert identity.put("/account/password", form, token=token).status == 204
    assert identity.get("/account", token=first).status == 401
    identity.login(password=OTHER)
    assert identity.post("/account/sessions/end-others", token=token).status == 204
    assert identity.post("/account/sessions/end-others", token=token).status == 204
    identity.asked_reset()
    found = acts(identity, me)
    assert [found.count(one) for one in (Act.PASSWORD_CHANGED, Act.OTHERS_ENDED, Act.PASSWORD_LINK)] == [1, 1, 1]


def test_an_address_that_is_taken_leaves_the_same_act_aa18(identity):
    identity.active("autre@example.com")
    me = identity.active()
    assert identity.ask_identifier(identity.login().json["access_token"], "autre@example.com").status == 202
    taken = acts(identity, me)
    assert identity.ask_identifier(identity.login().json["access_token"], "libre@example.com").status == 202
    assert [taken[0], acts(identity, me)[0]] == [Act.IDENTIFIER_ASKED] * 2


def test_a_page_goes_on_after_the_key_of_the_one_before(identity):
    me = identity.active()
    for _ in range(6):
        identity.login()
        identity.wait(seconds=1)
    seen, path = [], "/account/activity?page_size=3"
    while path:
        page = identity.get(path, as_=me).json
        seen.append([one["at"] for one in page["items"]])
        path = f"/account/activity?page_size=3&before={page['next']}" if page["next"] else ""
    moments = [at for page in seen for at in page]
    assert [len(page) for page in seen] == [3, 3, 1] and moments == sorted(moments, reverse=True)


def test_a_key_of_somebody_else_shows_nothing(identity):
    me, other = identity.active(), identity.active("autre@example.com")
    identity.login()
    key = identity.get("/account/activity?page_size=1", as_=me).json["next"]
    assert identity.get(f"/account/activity?before={key}", as_=other).json["items"] == []


@pytest.mark.parametrize("days", [364, 366])
def test_what_is_older_than_twelve_months_is_not_shown_and_is_forgotten(identity, days):
    me = identity.active()
    identity.wait(days=days)
    assert len(acts(identity, me)) == (days < 365)
    identity.under.run_job("purge")
    with identity.under.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM activity").scalar() == (days < 365)
