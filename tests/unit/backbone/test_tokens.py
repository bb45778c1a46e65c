"""What a token must be to be believed (ASVS 9): its time, its type, its audience, and one reading only."""

import base64
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc.jws import JWSRegistry

from backbone.clock import FixedClock
from backbone.errors import NotSignedIn, StoreAway
from backbone.ids import new_id
from backbone.rights.tokens import Keys, Principal, verify
from backbone.strict_json import NotStrict
from backbone.testing import tokens

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
ACCOUNT, SESSION = new_id(), new_id()
HEADER = {"alg": "ES256", "kid": tokens.KEY.kid, "typ": "JWT"}
CLAIMS = {
    "iss": "espace-identity",
    "aud": ["delegation", "dsn"],
    "sub": str(ACCOUNT),
    "sid": str(SESSION),
    "auth_time": SECONDS,
    "iat": SECONDS,
    "nbf": SECONDS,
    "exp": SECONDS + 300,
}


def signed(header: str, payload: str) -> str:
    """A token of exactly these texts, with a true signature."""
    parts = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in (header, payload))
    signature = JWSRegistry.algorithms["ES256"].sign(parts, tokens.KEY)  # type: ignore[attr-defined]
    return (parts + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def token(header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A good token, but for what is said; None leaves it out."""
    kept = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    head = {name: value for name, value in {**HEADER, **(header or {})}.items() if value is not None}
    return signed(json.dumps(head), json.dumps(kept))


def read(text: str, audience: str = "dsn", later: int = 0) -> Principal:
    return verify(text, Keys(tokens.jwks), FixedClock(NOW + timedelta(seconds=later)), audience)


def refused(text: str, **options: Any) -> None:
    with pytest.raises(NotSignedIn):
        read(text, **options)


def test_a_good_one_is_read() -> None:
    assert read(token()).account_id == ACCOUNT


@pytest.mark.parametrize("audience", ["contact", "ds", "", "espace"])
def test_it_is_for_the_services_it_names_alone_asvs_9_2_3(audience: str) -> None:
    refused(token(), audience=audience)


@pytest.mark.parametrize("aud", ["delegation", [], [["dsn"]], {"dsn": 1}, None, 1, ["espace", "contact"]])
def test_another_audience_or_none_is_refused(aud: Any) -> None:
    refused(token(aud=aud))


def test_one_for_everybody_or_without_its_beginning_is_refused() -> None:
    # What the first version signed; a token lives for minutes, so none of those is left.
    refused(token(aud="espace"))
    refused(token(nbf=None))


@pytest.mark.parametrize("typ", ["JOSE", "at+jwt", "jwt", None, 1])
def test_another_type_is_refused_asvs_9_2_2(typ: Any) -> None:
    refused(token({"typ": typ}))


@pytest.mark.parametrize("more", [{"crit": ["exp"]}, {"jku": "https://evil.example.com"}, {"jwk": {}}, {"b64": False}])
def test_a_header_that_says_more_is_refused(more: dict[str, Any]) -> None:
    refused(token(more))


@pytest.mark.parametrize(
    "claims",
    [
        {"nbf": SECONDS + 301},
        {"nbf": "0"},
        {"iat": SECONDS + 301, "nbf": None, "exp": SECONDS + 400},
        {"exp": SECONDS - 60},
        {"exp": SECONDS + 301},
        {"iat": SECONDS - 3600, "exp": SECONDS + 60},
        {"exp": float(SECONDS + 60)},
        {"exp": True},
        {"iat": None, "nbf": None},
        {"exp": None},
    ],
)
def test_a_time_that_is_not_now_or_too_long_is_refused_asvs_9_2_1(claims: dict[str, Any]) -> None:
    refused(token(**claims))


@pytest.mark.parametrize("ahead", [-5, 10, 300])
def test_the_clock_of_who_signed_may_be_five_minutes_ahead(ahead: int) -> None:
    at = SECONDS + ahead
    assert read(token(iat=at, nbf=at, exp=at + 300))


def test_a_token_is_read_for_a_minute_after_its_end() -> None:
    assert read(token(), later=359)
    refused(token(), later=360)


@pytest.mark.parametrize("twice", ["sub", "aud", "exp"])
def test_a_claim_that_is_there_twice_is_refused(twice: str) -> None:
    payload = json.dumps(CLAIMS)
    refused(signed(json.dumps(HEADER), f'{{"{twice}": {json.dumps(CLAIMS[twice])}, {payload[1:]}'))


def test_a_header_that_says_a_thing_twice_is_refused() -> None:
    refused(signed(f'{{"alg": "none", {json.dumps(HEADER)[1:]}', json.dumps(CLAIMS)))


@pytest.mark.parametrize("payload", ["[]", '"x"', "{", "", '{"sub": NaN}', "null"])
def test_what_is_no_object_is_refused(payload: str) -> None:
    refused(signed(json.dumps(HEADER), payload))


@pytest.mark.parametrize("text", ["", ".", "..", "a.b.c", "a.b.c.d", "é.é.é", "....", "e30.e30.e30"])
def test_what_is_no_token_is_refused(text: str) -> None:
    refused(text)


def test_a_machine_is_read_where_its_scopes_lead() -> None:
    claims = {"sub": "caisse", "client": True, "scope": "referential:write", "aud": ["delegation"], "sid": None}
    assert read(token(**claims), audience="delegation").scopes == {"referential:write"}
    refused(token(**claims))


def silent() -> dict[str, Any]:
    """identity is away."""
    raise OSError


def garbled() -> dict[str, Any]:
    """What stands between answers 200 with a page of its own."""
    raise NotStrict("not JSON")


@pytest.mark.parametrize("fetch", [silent, garbled, dict])
def test_while_no_key_is_known_it_is_said_that_the_service_is_away(fetch: Any) -> None:
    with pytest.raises(StoreAway):
        verify(token(), Keys(fetch), FixedClock(NOW), "dsn")


def test_who_has_a_known_key_waits_for_no_question_about_another() -> None:
    asked, answered = threading.Event(), threading.Event()

    def fetch() -> dict[str, Any]:
        if known:
            asked.set()
            answered.wait(10)
        return dict(tokens.jwks())

    known = False
    keys = Keys(fetch)
    keys.get(HEADER["kid"])
    known, keys._asked = True, float("-inf")
    stranger = threading.Thread(target=lambda: pytest.raises(NotSignedIn, keys.get, "unknown"), daemon=True)
    stranger.start()
    assert asked.wait(10)
    assert verify(token(), keys, FixedClock(NOW), "dsn").account_id == ACCOUNT
    assert stranger.is_alive()  # it still waits
    answered.set()
    stranger.join(10)
