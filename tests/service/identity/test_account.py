"""« Connexion et contact » (G73–G77), and the certification of a mobile number (G50, C5, AA36–AA40)."""

from datetime import datetime, timedelta

import pytest

CODE = "mobile_code.issued.v1"
CONTACT = {"nom": "Martin", "prenom": "Claire", "telephone_fixe": None, "telephone_mobile": "06 12 34 56 78"}


def change(identity, account, version=None, **changes):
    version = version or identity.get("/account", as_=account).json["version"]
    return identity.put("/account/contact", {**CONTACT, **changes}, version=version, as_=account)


def send(identity, account):
    return identity.post("/account/mobile/code", as_=account)


def newest(identity):
    return identity.sealed(CODE)[-1]["code"]


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def certified(identity, account):
    return identity.get("/account", as_=account).json["mobile_certified_at"] is not None


def test_the_account_shows_its_contact_and_version_g73(identity):
    account = identity.active()
    answer = identity.get("/account", as_=account)
    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
    assert answer.json["email_certified_at"] is not None
    shown = {name: answer.json[name] for name in ("email", "nom", "telephone_mobile", "newsletter")}
    assert shown == {
        "email": "claire@example.com",
        "nom": "Martin",
        "telephone_mobile": "+33612345678",
        "newsletter": True,
    }


def test_the_account_says_until_when_its_address_is_certified_g54(identity):
    shown = identity.get("/account", as_=identity.active()).json
    until = datetime.fromisoformat(shown["certified_until"])
    assert until - datetime.fromisoformat(shown["email_certified_at"]) == timedelta(days=90)


def test_a_change_is_kept_and_announced_g76(identity):
    account = identity.active()
    assert change(identity, account, nom="Durand", telephone_fixe="01 23 45 67 89").status == 204
    (event,) = identity.recorded("account.updated.v1")
    assert (event.data["nom"], event.data["telephone_fixe"]) == ("Durand", "+33123456789")
    assert event.sequence == identity.get("/account", as_=account).json["version"]


def test_a_stale_version_changes_nothing_aa52(identity):
    account = identity.active()
    version = identity.get("/account", as_=account).json["version"]
    assert change(identity, account, version, nom="Premier").status == 204
    stale = change(identity, account, version, nom="Second")
    assert (stale.status, stale.json["code"]) == (412, "version_perimee")
    assert identity.get("/account", as_=account).json["nom"] == "Premier"


def test_a_version_is_asked_for(identity):
    account = identity.active()
    assert identity.put("/account/contact", CONTACT, as_=account).status == 428


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nom": ""}, "nom"),
        ({"telephone_mobile": "+1 202 555 0123"}, "telephone_mobile"),
        ({"email": "x@example.com"}, "email"),
    ],
)
def test_a_wrong_or_foreign_field_is_refused_aa39_aa51(identity, changes, field):
    account = identity.active()
    answer = change(identity, account, **changes)
    assert (answer.status, answer.json["errors"][0]["field"]) == (422, field)


def test_a_code_certifies_the_number_g77(identity):
    account = identity.active()
    answer = send(identity, account)
    assert (answer.status, answer.json) == (202, {"masked": "06 •• •• •• 78"})
    assert identity.certify(account, newest(identity)).status == 204
    assert certified(identity, account)
    assert identity.recorded("account.updated.v1")[-1].data["mobile_certified"] is True


def test_a_code_is_kept_hashed_and_travels_sealed_asvs_6_5_2(identity):
    account = identity.active()
    send(identity, account)
    with identity.under.engine.connect() as connection:
        stored = str(connection.exec_driver_sql("SELECT code_hash FROM mobile_codes").all())
        sent = str(connection.exec_driver_sql("SELECT body FROM outbox").all())
    assert "$argon2id$" in stored
    assert f'"{newest(identity)}"' not in stored + sent


def test_five_wrong_codes_kill_the_right_one_aa36(identity):
    account = identity.active()
    send(identity, account)
    code = newest(identity)
    answers = [identity.certify(account, one) for one in [wrong(code)] * 5 + [code]]
    assert [one.status for one in answers] == [422] * 6
    assert {one.json["detail"] for one in answers} == {"Code incorrect ou expiré."}
    said = [[error["message"] for error in one.json["errors"]][1:] for one in answers]
    assert said[2:] == [
        ["Il vous reste 2 essais."],
        ["Il vous reste 1 essai."],
        ["Il ne vous reste aucun essai avec ce code : demandez-en un nouveau."],
        [],
    ]
    assert not certified(identity, account)


def test_a_code_dies_after_ten_minutes_aa37(identity):
    account = identity.active()
    send(identity, account)
    identity.wait(minutes=10)
    assert identity.certify(account, newest(identity)).status == 422


def test_the_code_of_a_former_send_and_of_another_account_are_wrong_aa37(identity):
    account, paul = identity.active(), identity.active("paul@example.com")
    send(identity, account)
    former = newest(identity)
    identity.wait(seconds=61)
    send(identity, account)
    assert identity.certify(account, former).status == 422
    assert identity.certify(paul, newest(identity)).status == 422
    assert identity.certify(account, newest(identity)).status == 204


def test_a_code_works_once(identity):
    account = identity.active()
    send(identity, account)
    assert [identity.certify(account, newest(identity)).status for _ in range(2)] == [204, 422]


def test_a_second_send_within_a_minute_is_refused_aa38_m6(identity):
    account = identity.active()
    send(identity, account)
    refused = send(identity, account)
    assert (refused.status, refused.headers["Retry-After"]) == (429, "60")
    assert len(identity.recorded(CODE)) == 1


def test_at_most_five_codes_an_hour_and_ten_a_day_for_an_account_aa38_c5(identity):
    account = identity.active()
    sent = 0
    for n in range(30):
        # a new number each time, so that the limit per number does not come first
        change(identity, account, telephone_mobile=f"06 12 34 {n:02d} 78")
        sent += send(identity, account).status == 202
        if n == 8:
            assert sent == 5
        identity.wait(minutes=5)
    assert sent == 10


def test_at_most_five_codes_a_day_for_a_number_whoever_asks_c5(identity):
    people = [identity.active(f"p{n}@example.com") for n in range(6)]
    assert [send(identity, one).status for one in people] == [202] * 5 + [429]


def test_a_changed_number_is_uncertified_and_its_code_dead_aa40(identity):
    account = identity.active()
    send(identity, account)
    assert identity.certify(account, newest(identity)).status == 204
    assert change(identity, account, telephone_mobile="06 98 76 54 32").status == 204
    assert not certified(identity, account)
    identity.wait(minutes=2)
    send(identity, account)
    change(identity, account)
    assert identity.certify(account, newest(identity)).status == 422


def test_a_certified_number_costs_no_other_sms_and_no_number_none(identity):
    account = identity.active()
    send(identity, account)
    identity.certify(account, newest(identity))
    identity.wait(minutes=2)
    assert send(identity, account).status == 409
    change(identity, account, telephone_mobile=None)
    assert send(identity, account).status == 422
    assert len(identity.recorded(CODE)) == 1


def test_a_mobile_is_changed_with_a_fresh_password_only_c8(identity):
    identity.active()
    session = identity.login().json["session"]
    identity.wait(minutes=6)
    token = identity.post("/sessions/token", {"session": session}).json["access_token"]
    version = identity.get("/account", token=token).json["version"]
    moved = {**CONTACT, "telephone_mobile": "06 98 76 54 32"}
    refused = identity.put("/account/contact", moved, version=version, token=token)
    assert (refused.status, refused.json["code"]) == (403, "reauthentification_requise")
    assert refused.json["detail"] == "Pour votre sécurité, saisissez de nouveau votre mot de passe."
    assert identity.put("/account/contact", {**CONTACT, "nom": "D"}, version=version, token=token).status == 204


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1234567", "１２３４５６"])
def test_what_cannot_be_a_code_uses_no_try(identity, code):
    account = identity.active()
    send(identity, account)
    assert [identity.certify(account, code).status for _ in range(6)] == [422] * 6
    assert identity.certify(account, f" {newest(identity)[:3]} {newest(identity)[3:]}").status == 204


def test_nobody_enters_without_a_token(identity):
    assert [identity.get(path).status for path in ("/account", "/account/sessions")] == [401] * 2
    assert identity.get("/account", machine=["dsn:write"]).status == 403
