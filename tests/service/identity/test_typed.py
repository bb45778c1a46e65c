"""What people type comes in many forms: one rule for addresses, passwords, names, numbers and codes."""

import unicodedata

import pytest
from sqlalchemy import update

from services.identity.domain.ports import Hasher
from services.identity.storage.tables import accounts
from tests.service.identity.test_account import newest, send

STRASSE, SHARP = "compta@strasse.example.com", "compta@straße.example.com"
NFC, NFD = (unicodedata.normalize(form, "Vélo-grimpé 7 cols") for form in ("NFC", "NFD"))


# addresses


def test_two_domains_that_idna_2003_merged_are_two_accounts(identity):
    identity.active(STRASSE)
    assert identity.login(SHARP).status == 401
    assert identity.login(" Compta@STRASSE.example.com\u200b").status == 201


def test_a_login_name_of_another_alphabet_is_typed_as_it_is_read(identity):
    identity.active("compta@xn--strae-oqa.example.com")
    assert identity.login(SHARP).status == 201
    assert identity.login("\ufeffCompta@Straße.Example.com\u00a0").status == 201


def test_an_identifiant_never_becomes_another_domain_s(identity):
    identity.active()
    assert identity.ask_identifier(identity.login().json["access_token"], SHARP).status == 202
    assert identity.told("identifier_change.requested.v1") == ["claire@example.com"]
    assert (
        identity.recorded("identifier_change.requested.v1")[-1].data["new_email"].endswith("@xn--strae-oqa.example.com")
    )


@pytest.mark.parametrize("email", ["=?utf-8?q?a?=@example.com", "cla\u200bire@example.com", "a@exam\u00adple.com"])
def test_what_a_mail_program_would_decode_or_hide_is_no_address_aa47(identity, email):
    identity.active()
    refused = identity.ask_identifier(identity.login().json["access_token"], email)
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "email")


# passwords


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/sessions", "mot_de_passe"),
        ("/sessions/reauthenticate", "mot_de_passe"),
        ("/password-resets/complete", "mot_de_passe"),
        ("/invitations/complete", "mot_de_passe"),
        ("/account/identifier", "mot_de_passe_actuel"),
        ("/account/password", "mot_de_passe_actuel"),
    ],
)
def test_k14_a_password_without_end_is_refused_before_it_is_hashed(identity, path, field):
    identity.active()
    token = identity.login().json["access_token"]
    identity.under.service.wiring.replace(Hasher, object())  # who used it would fail
    call = identity.put if path == "/account/password" else identity.post
    refused = call(path, {field: "é" * 5_000}, token=token)
    assert refused.status == 422
    assert field in [one["field"] for one in refused.json["errors"]]


def passwords(identity) -> list[tuple[str, str, str]]:
    """Every field of every route that takes a password: (method, path, field)."""
    document = identity.under.get("/openapi.json").json
    found = []
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {}) if isinstance(said, dict) else {}
            name = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
            fields = document["components"]["schemas"].get(name, {}).get("properties", {})
            found += [(method.upper(), path, one) for one in fields if one.startswith(("mot_de_passe", "confirmation"))]
    return found


def test_k14_every_password_of_every_route_has_a_length(identity):
    identity.active()
    token = identity.login().json["access_token"]
    identity.under.service.wiring.replace(Hasher, object())  # who used it would fail
    found = passwords(identity)
    assert len(found) == 10, found
    for method, path, field in found:
        for size in (1_025, 60_000):
            refused = identity.under.call(method, path, json={field: "x" * size}, token=token)
            assert refused.status == 422, (method, path, field)
            assert field in [one["field"] for one in refused.json["errors"]], (method, path, field)


def test_a_password_opens_however_a_keyboard_composes_its_accents(identity):
    state = identity.opened()
    assert identity.complete(identity.link(), mot_de_passe=NFD, confirmation=NFC).status == 200
    identity.announce("delegation.confirmed.v1", state, 3, confirmed_at=identity.clock.now())
    assert [identity.login(password=typed).status for typed in (NFC, NFD)] == [201, 201]
    assert identity.login(password="Vélo-grimpe 7 cols").status == 401


def test_a_hash_of_what_was_typed_before_passwords_were_composed_opens_and_is_made_again(identity):
    identity.active()
    raw = identity.under.service.port(Hasher)._argon2.hash(NFD)
    with identity.under.engine.begin() as connection:
        connection.execute(update(accounts).values(password_hash=raw))
    assert identity.login(password=NFC).status == 401
    assert identity.login(password=NFD).status == 201
    assert identity.login(password=NFC).status == 201


# names


@pytest.mark.parametrize(
    ("nom", "why"),
    [
        ("Mar\u202etin", "Ce champ contient un caractère interdit."),
        ("\u200b", "Ce champ est obligatoire."),
        ("Du\u3164pont", "Ce champ contient un caractère interdit."),
        ("12345", "Ce champ doit contenir au moins une lettre."),
        ("Votre compte https://evil.example", "Ce champ ne peut pas contenir l'adresse d'un site."),
        ("www.evil.example", "Ce champ ne peut pas contenir l'adresse d'un site."),
    ],
)
def test_a_name_that_hides_or_links_is_refused_beside_its_field_aa47(identity, nom, why):
    identity.opened()
    refused = identity.complete(identity.link(), nom=nom, prenom=nom)
    assert refused.status == 422
    assert [(one["field"], one["message"]) for one in refused.json["errors"]] == [("nom", why), ("prenom", why)]


def test_a_name_is_kept_composed_and_without_what_is_not_seen_around_it(identity):
    identity.opened()
    identity.complete(identity.link(), nom="\u200bLe\u00a0 Gue\u0301n\ufeff", prenom="Anne-Zoé")
    data = identity.recorded("account.completed.v1")[-1].data
    assert (data["nom"], data["prenom"]) == ("Le Guén", "Anne-Zoé")


# numbers and codes


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+33692123456", "+262692123456"),
        ("+33 0692 12 34 56", "+262692123456"),
        ("+33 (0)690-12.34/56", "+590690123456"),
        ("\u200e06\u201112\u201134/56.78\u2069", "+33612345678"),
    ],
)
def test_a_mobile_is_read_as_it_was_typed_or_pasted_c5(identity, typed, kept):
    identity.opened()
    assert identity.complete(identity.link(), telephone_mobile=typed).status == 200
    assert identity.recorded("account.completed.v1")[-1].data["telephone_mobile"] == kept


@pytest.mark.parametrize("number", ["0810 12 34 56", "0800123456", "+33 825 12 34 56", "0892 12 34 56"])
def test_an_08_number_is_a_contact_and_never_gets_an_sms_c5(identity, number):
    identity.opened()
    refused = identity.complete(identity.link(), telephone_fixe=None, telephone_mobile=number)
    assert [one["field"] for one in refused.json["errors"]] == ["telephone_mobile"]
    assert identity.complete(identity.link(), telephone_fixe=number, telephone_mobile=None).status == 200


@pytest.mark.parametrize("between", [" ", "\u00a0", "-", "\u2011", ".", "\u200b"])
def test_a_code_is_the_digits_of_what_was_typed_c5(identity, between):
    account = identity.active()
    send(identity, account)
    assert identity.certify(account, between.join(newest(identity))).status == 204


@pytest.mark.parametrize("typed", ["12345", "1234567", "code 12", "", "x" * 200])
def test_a_typo_of_form_says_so_and_costs_no_try(identity, typed):
    account = identity.active()
    send(identity, account)
    refused = [identity.certify(account, typed) for _ in range(6)][-1]
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "code")
    assert refused.json["detail"] != "Code incorrect ou expiré."
    assert identity.certify(account, newest(identity)).status == 204
