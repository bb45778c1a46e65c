"""Machine clients, keys, and what every route of the service says (ASVS 9, C2)."""

import base64
import json
from dataclasses import replace

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from backbone.rights.tokens import Keys, PublicKeys, verify
from backbone.shape.config import SettingsError
from backbone.testing import tokens
from contracts.words.services import SERVICES
from services.identity.adapters.keys import SigningKeys, main, rotated
from services.identity.app import build

SECRET = "a-secret-of-the-tests-and-of-nothing-else"


def ask(identity, ip="192.0.2.9", auth=None, **form):
    headers = {"X-Forwarded-For": ip} | ({"Authorization": auth} if auth else {})
    return identity.under.post("/v1/token", data={"grant_type": "client_credentials", **form}, headers=headers)


def test_a_client_gets_a_token_with_its_scopes(identity):
    answer = ask(identity, client_id="referentiel", client_secret=SECRET)
    assert (answer.status, answer.json["token_type"], answer.json["scope"]) == (
        200,
        "Bearer",
        "dsn:write referential:write",
    )
    who = verify(answer.json["access_token"], Keys(identity.under.service.port(PublicKeys)), identity.clock, "dsn")
    assert (who.client_id, who.account_id, who.scopes) == ("referentiel", None, {"dsn:write", "referential:write"})
    assert answer.json["expires_in"] <= 300


def test_basic_authentication_and_a_narrower_scope_are_taken(identity):
    basic = "Basic " + base64.b64encode(f"referentiel:{SECRET}".encode()).decode()
    assert ask(identity, auth=basic, scope="dsn:write").json["scope"] == "dsn:write"


def test_a_field_given_twice_gets_none(identity):
    assert ask(identity, client_id=["referentiel", "unknown"], client_secret=SECRET).status == 400


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"client_id": "referentiel", "client_secret": "wrong"}, 401),
        ({"client_id": "unknown", "client_secret": SECRET}, 401),
        ({}, 401),
        ({"client_id": "referentiel", "client_secret": SECRET, "scope": "notification:read"}, 422),
        ({"client_id": "referentiel", "client_secret": SECRET, "grant_type": "password"}, 422),
    ],
)
def test_anything_else_gets_none(identity, form, status):
    assert ask(identity, **form).status == status


def test_guessing_client_secrets_is_throttled_c6(identity):
    answers = [ask(identity, client_id="referentiel", client_secret=f"x{n}").status for n in range(32)]
    assert answers == [401] * 30 + [429] * 2


def test_a_form_sent_as_json_is_another_type_c2(identity):
    assert identity.post("/token", {"grant_type": "client_credentials"}).status == 415


def test_the_published_keys_hold_nothing_private(identity):
    answer = identity.get("/jwks.json")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.json["keys"] and not any("d" in key for key in answer.json["keys"])


def test_a_rotation_publishes_the_next_key_before_it_signs(identity):
    first = rotated()
    second = rotated(first)
    signed = SigningKeys(second).sign({"sub": "x"})
    known = KeySet.import_key_set(SigningKeys(first).jwks())
    assert jwt.decode(signed, known, algorithms=["ES256"]).claims["sub"] == "x"
    before = SigningKeys(first).sign({"sub": "y"})
    assert jwt.decode(before, KeySet.import_key_set(SigningKeys(second).jwks()), algorithms=["ES256"])
    assert len(json.loads(rotated(second))["keys"]) == 3


def test_the_rotation_command_writes_a_private_file(tmp_path):
    file = tmp_path / "keys.json"
    main(str(file))
    former = json.loads(file.read_text())["keys"][1]["kid"]
    main(str(file))
    assert json.loads(file.read_text())["keys"][0]["kid"] == former
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change",
    [
        {"signing_keys": "{}"},
        {"signing_keys": json.dumps(KeySet([tokens.KEY]).as_dict(private=False))},
        {"signing_keys": json.dumps({"keys": [ECKey.generate_key("P-384").as_dict(private=True)]})},
        {"notification_public_key": "not a key"},
        {"machine_clients_file": "/nowhere/clients.json"},
        {"session_hours": 11},
        {"token_seconds": 301},
    ],
)
def test_unusable_keys_and_clients_stop_the_start_with_one_sentence(settings, change):
    with pytest.raises(SettingsError, match="Settings of identity"):
        build(replace(settings, **change))


@pytest.mark.parametrize("claims", [{"aud": "other"}, {"iss": "other"}, {"exp": 1}, {"sid": "x"}])
def test_a_token_for_somebody_else_or_of_another_time_is_refused_asvs_9_2(identity, claims):
    account = identity.active()
    token = tokens.user_token(account, account, identity.clock.now(), **claims)
    assert identity.get("/account", token=token).status == 401


def test_a_token_is_for_the_services_of_its_scopes_asvs_9_2_3(identity):
    client = {"client_id": "referentiel", "client_secret": SECRET}
    narrow = ask(identity, **client, scope="referential:write").json["access_token"]
    assert claims_of(narrow)["aud"] == ["delegation"]
    assert claims_of(ask(identity, **client).json["access_token"])["aud"] == ["delegation", "dsn"]


def test_a_scope_that_no_service_knows_stops_the_start(settings, tmp_path):
    clients = tmp_path / "strange.json"
    clients.write_text(json.dumps([{"client_id": "one", "secret_hash": "0" * 64, "scopes": ["tout:lire"]}]))
    with pytest.raises(SettingsError, match="tout:lire"):
        build(replace(settings, machine_clients_file=str(clients)))


def test_a_person_s_token_is_for_the_services_that_serve_people(identity):
    identity.active()
    claims = claims_of(identity.login().json["access_token"])
    assert claims["aud"] == sorted(SERVICES)
    assert claims["nbf"] == claims["iat"] and claims["exp"] - claims["iat"] <= 300


def claims_of(token):
    """What a token says."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_an_unsigned_token_is_refused_asvs_9_1_2(identity):
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "kid": tokens.KEY.kid}, {"sub": "x"})]
    forged = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
    assert identity.get("/account", token=forged).status == 401
