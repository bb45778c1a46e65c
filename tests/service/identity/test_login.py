"""Logging in and its throttling (G55, G56, C6, AA1–AA3)."""

import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from backbone.rights.tokens import Keys, PublicKeys, verify
from backbone.testing import tokens as test_tokens
from services.identity.domain.ports import Hasher
from services.identity.storage.tables import hits, throttles

PASSWORD = "Vélo-grimpe 7 cols"
M1 = "Adresse électronique ou mot de passe incorrect."
M6 = "Trop de tentatives. Réessayez plus tard."


def fail(identity, times, email="claire@example.com"):
    return [identity.login(email, "Mauvais mot 1!").status for _ in range(times)]


def test_a_login_opens_a_session_and_gives_a_token_for_who_it_is_g56(identity):
    account = identity.active()
    answer = identity.login(" Claire@EXAMPLE.com ")
    assert answer.status == 201
    assert answer.json["account"] == {
        "account_id": str(account),
        "email": "claire@example.com",
        "nom": "Martin",
        "prenom": "Claire",
        "previous_login_at": None,
    }
    who = verify(answer.json["access_token"], Keys(identity.under.service.port(PublicKeys)), identity.clock, "dsn")
    assert (who.account_id, who.authenticated_at, who.scopes) == (account, identity.clock.now(), frozenset())
    assert answer.json["expires_in"] == 300
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_login_before_is_shown(identity):
    identity.active()
    identity.login()
    before = identity.clock.now()
    identity.wait(hours=1)
    assert identity.login().json["account"]["previous_login_at"] == before.isoformat()


def test_five_failures_then_a_minute_even_for_the_right_password_aa1(identity):
    identity.active()
    assert fail(identity, 5) == [401] * 5
    refused = identity.login()
    assert (refused.status, refused.json["detail"]) == (429, M6)
    assert int(refused.headers["Retry-After"]) >= 60
    identity.wait(minutes=1)
    assert identity.login().status == 201
    assert fail(identity, 5) == [401] * 5


def test_the_pause_grows_1_2_4_8_15_minutes_c6(identity):
    identity.active()
    fail(identity, 5)
    for minutes in (1, 2, 4, 8, 15, 15):
        identity.wait(minutes=minutes, seconds=-1)
        assert identity.login().status == 429
        identity.wait(seconds=1)
        assert fail(identity, 1) == [401]


def test_never_more_than_25_failures_in_24_hours_c6(identity):
    identity.active()
    evaluated = 0
    for _ in range(28):
        evaluated += fail(identity, 1) == [401]
        identity.wait(minutes=50)
    assert evaluated == 25
    assert identity.login().status == 429
    identity.wait(minutes=40)
    assert identity.login().status == 201


def test_unknown_accounts_are_throttled_alike_aa3_c6(identity):
    assert fail(identity, 6, "nobody@example.com") == [401] * 5 + [429]


def test_an_unknown_address_answers_like_a_wrong_password_aa3_m1(identity):
    identity.active()
    known, unknown = identity.login(password="Mauvais mot 1!"), identity.login("nobody@example.com")
    assert known.json | {"instance": ""} == unknown.json | {"instance": ""}
    assert (known.status, known.json["detail"]) == (401, M1)
    volatile = ("X-Request-ID",)
    assert {k: v for k, v in known.headers.items() if k not in volatile} == {
        k: v for k, v in unknown.headers.items() if k not in volatile
    }


def test_an_unknown_address_costs_as_many_statements_and_one_hash_aa3(identity, monkeypatch):
    import sqlalchemy

    identity.active()
    seen, hashes = [], []
    sqlalchemy.event.listen(identity.under.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    hasher = identity.under.service.port(Hasher)
    monkeypatch.setattr(hasher, "verify", lambda *a, real=hasher.verify: hashes.append(1) or real(*a))
    identity.login(password="Mauvais mot 1!")
    known = (list(seen), len(hashes))
    seen.clear(), hashes.clear()
    identity.login("nobody@example.com")
    assert (seen, len(hashes)) == known


def test_forty_accounts_from_one_address_in_a_minute_aa2(identity):
    answers = [identity.login(f"person{n}@example.com", ip="198.51.100.7").status for n in range(40)]
    assert answers == [401] * 30 + [429] * 10
    assert identity.login("person41@example.com", ip="198.51.100.8").status == 401
    identity.wait(minutes=1)
    assert identity.login("person42@example.com", ip="198.51.100.7").status == 401


def test_a_firm_of_fifty_behind_one_address_gets_in_at_nine_o_clock_c6(identity):
    people = [f"p{n}@example.com" for n in range(50)]
    for one in people:
        identity.active(one)
    assert [identity.login(one, ip="198.51.100.7").status for one in people] == [201] * 50


def test_right_passwords_give_no_room_for_guesses_c6(identity):
    identity.active()
    for n in range(30):
        assert identity.login(ip="198.51.100.7").status == 201
        assert identity.login(f"person{n}@example.com", ip="198.51.100.7").status == 401
    assert identity.login("another@example.com", ip="198.51.100.7").status == 429


def test_three_hundred_attempts_a_minute_from_one_address_right_or_wrong_c6(identity):
    identity.active()
    answers = [identity.login(ip="198.51.100.7").status for _ in range(301)]
    assert answers == [201] * 300 + [429]
    identity.wait(minutes=1)
    assert identity.login(ip="198.51.100.7").status == 201


def test_the_forgotten_password_stays_open_and_frees_the_account_c6(identity):
    identity.active()
    fail(identity, 5)
    assert identity.asked_reset().status == 202
    form = {"token": identity.link("password_reset.requested.v1"), "mot_de_passe": "Une autre phrase 8!"}
    assert identity.post("/password-resets/complete", {**form, "confirmation": form["mot_de_passe"]}).status == 204
    assert identity.login(password="Une autre phrase 8!").status == 201


def test_what_was_typed_as_an_address_is_not_kept(identity):
    identity.login("my password typed in the wrong field")
    with identity.under.engine.connect() as connection:
        kept = [*connection.execute(select(throttles)), *connection.execute(select(hits))]
    assert kept and "password" not in str(kept)


def test_an_outdated_hash_is_made_again_at_login(identity, monkeypatch):
    identity.active()
    monkeypatch.setattr(identity.under.service.port(Hasher), "outdated", lambda *_: True)
    stored = "SELECT password_hash FROM accounts"
    with identity.under.engine.connect() as connection:
        before = connection.exec_driver_sql(stored).scalar()
    assert identity.login().status == 201
    with identity.under.engine.connect() as connection:
        assert connection.exec_driver_sql(stored).scalar() != before
    assert identity.login().status == 201


@pytest.mark.parametrize("email", ["a@b.fr\r\nBcc: x@y", "x" * 255 + "@example.com"])
def test_an_address_with_a_line_break_or_too_long_is_refused_aa47_c11(identity, email):
    assert identity.login(email).status == 422


def test_a_property_more_is_refused_aa51(identity):
    body = {"email": "a@example.com", "mot_de_passe": "x", "admin": True}
    assert identity.post("/sessions", body).status == 422


def test_the_security_log_names_the_fact_and_no_secret(identity, caplog):
    identity.active()
    with caplog.at_level("INFO", logger="security"):
        fail(identity, 6)
        identity.wait(minutes=1)
        identity.login()
    said = [record.getMessage() for record in caplog.records if record.name == "security"]
    for word in ("authn_login_fail", "authn_login_lock", "authn_login_success"):
        assert word in said
    everything = " ".join(str(vars(record)) for record in caplog.records)
    assert not any(secret in everything for secret in (PASSWORD, "Mauvais mot", "claire@example.com"))


def test_a_wait_for_the_hasher_that_lasts_is_503_not_a_hang(identity):
    from services.identity.adapters.hashing import Argon2Hasher

    busy = Argon2Hasher(memory_kib=64, time_cost=1, slots=1, patience=0.01)
    identity.under.service.wiring.replace(Hasher, busy)
    with busy._slot():
        answer = identity.login()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "2")


def test_the_real_profile_takes_as_long_for_an_unknown_account_aa3():
    from services.identity.adapters.hashing import Argon2Hasher

    hasher = Argon2Hasher(memory_kib=19456, time_cost=2)
    stored = hasher.hash(PASSWORD)

    def spent(known):
        started = time.perf_counter()
        assert not hasher.verify(stored if known else None, "wrong")
        return time.perf_counter() - started

    both = [(spent(True), spent(False)) for _ in range(15)]
    known, unknown = (statistics.median(column) for column in zip(*both, strict=True))
    assert 0.5 < known / unknown < 2


def test_the_test_key_is_the_service_s_own(identity):
    assert identity.under.service.port(PublicKeys)()["keys"][0]["kid"] == test_tokens.KEY.kid
    assert identity.clock.now().utcoffset() == timedelta()
