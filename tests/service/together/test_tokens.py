"""What a token must be to be believed, asked of each of the five services over HTTP (K14, ASVS 9)."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.service.together.five import HEADER, NAMES, ROUTES, SECONDS, claims_for, five, signed, token
from tests.service.together.system import Together

OTHER = {name: NAMES[number - 1] for number, name in enumerate(NAMES)}


def twice(name: str, value: Any = None) -> Callable[[str], str]:
    """A claim that is there twice: first as somebody else's reader would take it, or the same."""

    def make(service: str) -> str:
        claims = claims_for(service)
        return signed(json.dumps(HEADER), f'{{"{name}": {json.dumps(value or claims[name])}, {json.dumps(claims)[1:]}')

    return make


FORGED: dict[str, Callable[[str], str]] = {
    "for another service": lambda service: token(service, aud=[OTHER[service]]),
    "for everybody": lambda service: token(service, aud="espace"),
    "for its name as a text": lambda service: token(service, aud=service),
    "for nobody": lambda service: token(service, aud=None),
    "not yet": lambda service: token(service, nbf=SECONDS + 301),
    "without a beginning": lambda service: token(service, nbf=None),
    "made later": lambda service: token(service, iat=SECONDS + 301, exp=SECONDS + 601),
    "over": lambda service: token(service, iat=SECONDS - 400, nbf=SECONDS - 400, exp=SECONDS - 100),
    "for too long": lambda service: token(service, exp=SECONDS + 301),
    "without an end": lambda service: token(service, exp=None),
    "an end that is no whole number": lambda service: token(service, exp=SECONDS + 60.5),
    "of another type": lambda service: token(service, {"typ": "at+jwt"}),
    "without a type": lambda service: token(service, {"typ": None}),
    "with a key of its own": lambda service: token(service, {"jwk": {}}),
    "of another issuer": lambda service: token(service, iss="espace"),
    "sub twice": twice("sub", "00000000-0000-7000-8000-000000000001"),
    "aud twice": twice("aud", ["espace"]),
    "exp twice": twice("exp"),
    "typ twice": lambda service: signed('{"typ": "at+jwt", ' + json.dumps(HEADER)[1:], json.dumps(claims_for(service))),
    "altered": lambda service: token(service)[:-4] + "AAAA",
}


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The five."""
    yield from five(tmp_path_factory.mktemp("five"))


def ask(services: Together, service: str, given: str, **headers: str) -> int:
    path, _ = ROUTES[service]
    return services.services[service].get(path, token=given, headers=headers).status


@pytest.mark.parametrize("service", NAMES)
def test_a_token_that_is_made_as_identity_makes_it_is_believed(services: Together, service: str) -> None:
    assert ask(services, service, token(service)) == ROUTES[service][1]


@pytest.mark.parametrize("service", NAMES)
@pytest.mark.parametrize("what", FORGED)
def test_k14_any_other_is_401_with_the_same_bytes(services: Together, service: str, what: str) -> None:
    path, _ = ROUTES[service]
    one = services.services[service].get(path, token=FORGED[what](service))
    none = services.services[service].get(path)
    assert (one.status, one.json["code"]) == (401, "non_authentifie")
    assert {**one.json, "instance": ""} == {**none.json, "instance": ""}


@pytest.mark.parametrize("service", NAMES)
def test_two_tokens_in_one_request_are_none(services: Together, service: str) -> None:
    client, good = services.services[service].app.test_client(), f"Bearer {token(service)}"
    answer = client.get(ROUTES[service][0], headers=[("Authorization", good), ("Authorization", good)])
    assert answer.status_code == 401
