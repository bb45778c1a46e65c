"""Where the edge sends a request, and what it makes of its headers (ASVS 4.1.3, 13.4.5, 15.3.4)."""

import pytest

from contracts.words.services import SERVICES
from tests.edge.conftest import Edge

SITE = "/espace/11111111-1111-1111-1111-111111111111/22222222-2222-2222-2222-222222222222"


def test_pages_go_to_the_gateway_as_they_are(edge: Edge) -> None:
    assert edge.client.get(f"{SITE}/droits?nom=D%C3%A9&page=2").status_code == 200
    assert edge.gateway.reached[-1].path == f"{SITE}/droits?nom=D%C3%A9&page=2"
    assert edge.service.reached == []


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_is_behind_its_name_without_it(edge: Edge, service: str) -> None:
    assert edge.client.get(f"/api/{service}/v1/things/a%20b?x=1").status_code == 200
    assert edge.service.reached[-1].path == "/v1/things/a%20b?x=1"


@pytest.mark.parametrize("path", ["/api/identity/metrics", "/api/identity/readyz", "/api/other/v1/x", "/api/identity"])
def test_nothing_else_of_a_service_is_reached(edge: Edge, path: str) -> None:
    answer = edge.client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "introuvable")
    assert edge.service.reached == []


def test_who_asks_is_said_by_the_edge_alone(edge: Edge) -> None:
    forged = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    edge.client.get("/connexion", headers={**forged, "Forwarded": "for=6.6.6.6", "X-Request-ID": "forged-request-id"})
    headers = edge.gateway.reached[-1].headers
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["host"] == f"127.0.0.1:{edge.port}"
    assert "evil.example" not in str(headers) and "6.6.6.6" not in str(headers)
    assert headers["x-request-id"] != "forged-request-id" and len(headers["x-request-id"]) == 32


def test_trace_and_ambiguous_lengths_are_refused(edge: Edge) -> None:
    assert edge.client.request("TRACE", "/connexion").status_code == 405
    body = {"Content-Length": "4", "Transfer-Encoding": "chunked"}
    assert edge.client.post("/connexion", headers=body, content=b"0\r\n\r\n").status_code == 400
    assert edge.gateway.reached == []


def test_security_headers_are_given_once_and_only_when_missing(edge: Edge) -> None:
    bare = edge.client.get("/api/dsn/v1/sites")
    assert bare.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in bare.headers["Content-Security-Policy"]
    assert bare.headers["Referrer-Policy"] == "same-origin"
    edge.gateway.answer_headers |= {"Content-Security-Policy": "default-src 'self'", "Referrer-Policy": "no-referrer"}
    page = edge.client.get("/connexion")
    assert page.headers.get_list("Content-Security-Policy") == ["default-src 'self'"]
    assert page.headers.get_list("Referrer-Policy") == ["no-referrer"]
    assert "nginx/" not in page.headers.get("Server", "")


def test_transport_security_is_announced_when_people_come_by_https(start_edge: object) -> None:
    edge = start_edge(EDGE_SCHEME="https")  # type: ignore[operator]
    assert "max-age=31536000" in edge.client.get("/connexion").headers["Strict-Transport-Security"]
    assert edge.gateway.reached[-1].headers["x-forwarded-proto"] == "https"


def test_static_files_with_a_mark_may_be_kept_for_a_year(edge: Edge) -> None:
    marked = edge.client.get("/static/css/tokens.css?v=abc")
    assert marked.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert marked.headers["Content-Type"] == "text/css; charset=utf-8"
    assert marked.headers["X-Content-Type-Options"] == "nosniff"
    assert edge.client.get("/static/css/tokens.css").headers["Cache-Control"] == "public, max-age=300"


def test_nothing_but_static_files_is_served_from_the_folder(edge: Edge) -> None:
    for path in ("/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/.%2e/settings.py"):
        assert "import" not in edge.client.get(path).text
    assert edge.client.get("/static/").status_code in (403, 404)
    assert edge.client.post("/static/css/tokens.css").status_code in (403, 405)
