"""What the edge takes, from whom and how fast (AA42): bodies, uploads, slow attackers."""

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from tests.edge.conftest import Edge

CONTACT = "/espace/11111111-1111-1111-1111-111111111111/22222222-2222-2222-2222-222222222222/contact"
DRAFT = f"{CONTACT}/brouillon/pieces"
MESSAGES = "/api/contact/v1/adherents/11111111-1111-1111-1111-111111111111/messages"
FILES = MESSAGES.replace("/messages", "/draft/files")
LINES = "/api/delegation/v1/imports/11111111-1111-1111-1111-111111111111/lines?first=1"
MIB = 1024 * 1024
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(("path", "most"), [(CONTACT, 126), (DRAFT, 126), (MESSAGES, 45), (FILES, 45)])
def test_an_upload_passes_on_its_route_alone_and_a_letter_beyond_what_the_gateway_takes(
    edge: Edge, path: str, most: int
) -> None:
    assert edge.client.post(path, content=bytes(most * MIB)).status_code == 200
    assert (edge.gateway.reached + edge.service.reached)[-1].size == most * MIB
    assert edge.client.post(path, content=bytes(most * MIB + 1)).status_code == 413


def test_its_limits_follow_the_gateways(start_edge: Callable[..., Edge]) -> None:
    edge = start_edge(EDGE_UPLOAD_BYTES=str(MIB))
    for path, most in ((CONTACT, 3 * MIB), (MESSAGES, 4 * MIB)):
        assert [edge.client.post(path, content=bytes(most + n)).status_code for n in (0, 1)] == [200, 413]


def test_a_chunk_of_the_referential_may_have_8_mb(edge: Edge) -> None:
    assert edge.client.post(LINES, content=bytes(8 * MIB)).status_code == 200
    answer = edge.client.post(LINES, content=bytes(8 * MIB + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "trop_volumineux")
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/connexion", f"{CONTACT}/x", "/api/contact/v1/messages", "/api/delegation/v1/imports"]
)
def test_elsewhere_a_large_body_never_reaches_anybody(edge: Edge, path: str) -> None:
    assert edge.client.post(path, content=bytes(MIB + 1)).status_code == 413
    assert edge.gateway.reached == edge.service.reached == []


def test_a_page_too_large_is_told_in_french(edge: Edge) -> None:
    answer = edge.client.post("/connexion", content=bytes(MIB + 1))
    assert "20 fichiers au maximum, 40 Mo au total." in answer.text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_header_too_large_is_431(edge: Edge) -> None:
    assert edge.client.get("/connexion", headers={"X-Long": "a" * 9000}).status_code == 431


def test_too_many_tries_are_told_to_wait_but_reading_is_not_counted(start_edge: Callable[..., Edge]) -> None:
    edge = start_edge(EDGE_GUESS_RATE="1", EDGE_GUESS_BURST="3")
    tries = [edge.client.post("/connexion", content=b"x", headers=FORM) for _ in range(8)]
    refused = [answer for answer in tries if answer.status_code == 429]
    assert [answer.status_code for answer in tries[:4]] == [200] * 4 and refused
    assert "Trop de tentatives. Réessayez plus tard." in refused[0].text and refused[0].headers["Retry-After"] == "5"
    assert {edge.client.get("/connexion").status_code for _ in range(8)} == {200}
    login = edge.client.post("/api/identity/v1/sessions", json={})
    assert (login.status_code, login.json()["code"]) == (429, "trop_de_tentatives")


@pytest.mark.parametrize("path", ["/attestation", "/api/delegation/v1/attestations/verification"])
def test_numbers_of_attestations_are_guesses_too(start_edge: Callable[..., Edge], path: str) -> None:
    edge = start_edge(EDGE_GUESS_RATE="1", EDGE_GUESS_BURST="3")
    assert 429 in {edge.client.post(path, content=b"x", headers=FORM).status_code for _ in range(8)}
    assert {edge.client.get("/attestation").status_code for _ in range(8)} == {200}


def test_too_many_requests_of_one_address_are_refused_and_others_are_served(start_edge: Callable[..., Edge]) -> None:
    edge = start_edge(EDGE_RATE="1", EDGE_BURST="5")
    statuses = [edge.client.get("/connexion").status_code for _ in range(20)]
    assert 429 in statuses
    with _connected(edge, "127.0.0.9") as other:
        other.sendall(b"GET /connexion HTTP/1.0\r\nHost: x\r\n\r\n")
        assert other.recv(20).startswith(b"HTTP/1.1 200")


def test_unfinished_bodies_hold_nobody_behind_the_edge(edge: Edge) -> None:
    head = b"POST /connexion HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    with ExitStack() as stack:
        for number in range(200):
            dripping = stack.enter_context(_connected(edge, f"127.0.0.{2 + number % 100}"))
            dripping.sendall(head + b"a")
        waits = [_seconds(edge) for _ in range(40)]
        assert sorted(waits)[37] < 1.0
        assert {reached.method for reached in edge.gateway.reached} == {"GET"}  # not one of them was passed on


def _seconds(edge: Edge) -> float:
    started = time.monotonic()
    assert edge.client.get("/connexion").status_code == 200
    return time.monotonic() - started


def _connected(edge: Edge, address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", edge.port), timeout=10, source_address=(address, 0))
