"""What two readers could read differently is refused by each of the five services, whatever the route (K14,
ASVS 15.3.7): a parameter given twice, a member of JSON given twice, a session given twice."""

import json
from collections.abc import Iterator

import pytest

from tests.service.together.five import NAMES, ROUTES, five, token
from tests.service.together.system import Together


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """The five."""
    yield from five(tmp_path_factory.mktemp("five"))


@pytest.mark.parametrize("service", NAMES)
@pytest.mark.parametrize("query", ["page=1&page=2", "page=1&page=1", "x=1&x=2", "p%61ge=1&page=2"])
def test_k14_a_doubled_parameter_is_400(services: Together, service: str, query: str) -> None:
    path, believed = ROUTES[service]
    answer = services.services[service].get(f"{path}?{query}", token=token(service))
    assert (answer.status, answer.json["code"]) == (400, "illisible")
    assert services.services[service].get(path, token=token(service)).status == believed


@pytest.mark.parametrize("service", NAMES)
def test_every_route_refuses_a_doubled_parameter_before_it_does_anything(services: Together, service: str) -> None:
    """Also who has no token, and with any method: what is read in two ways is never judged."""
    under, told = services.services[service], []
    for rule in under.app.url_map.iter_rules():
        if not rule.rule.startswith("/v1"):
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<uuid:{name}>", "00000000-0000-7000-8000-000000000001")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            told.append((method, path, under.call(method, f"{path}?a=1&a=2").status))
    assert told and [one for one in told if one[2] != 400] == []


def test_k14_two_sessions_in_one_request_are_refused_and_nobody_is_recognised(services: Together) -> None:
    """The session travels in the body between the gateway and identity; a cookie is nothing to a service."""
    under = services.identity
    body = json.dumps({"session": "a" * 43})
    doubled = f'{{"session": "{"b" * 43}", {body[1:]}'
    for path in ("/v1/sessions/token",):
        sent = {"content_type": "application/json"}
        assert under.post(path, data=body, **sent).status == 401
        answer = under.post(path, data=doubled, **sent)
        assert (answer.status, answer.json["code"]) == (400, "illisible")


@pytest.mark.parametrize("service", NAMES)
def test_a_cookie_opens_no_service(services: Together, service: str) -> None:
    cookie = f"__Host-session={token(service)}; __Host-session={token(service)}"
    assert services.services[service].get(ROUTES[service][0], headers={"Cookie": cookie}).status == 401


@pytest.mark.parametrize("service", NAMES)
@pytest.mark.parametrize("page", ["²", "1²", "٣", "1_0", "%2B1", "1.0", "trois", "9" * 5000])
def test_k5_a_number_of_a_query_is_plain_digits_or_422(services: Together, service: str, page: str) -> None:
    path = {"delegation": "/v1/sites"}.get(service, ROUTES[service][0])
    answer = services.services[service].get(f"{path}?page={page}", token=token(service))
    assert (answer.status, [one["field"] for one in answer.json["errors"]]) == (422, ["page"])
