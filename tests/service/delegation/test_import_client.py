"""`tools.referential.import_file` against the real service: interrupted, repeated, refused."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from backbone.testing import tokens
from services.delegation.storage.tables import adherents
from tests.service.delegation.world import COLUMNS, World, line
from tools.founder import replace_founder
from tools.referential.import_file import import_file
from tools.referential.reporting import Terminal
from tools.referential.sending import Caisse


class Wire(httpx.BaseTransport):
    """The service behind a wire that a test may cut: `cut` names the posts that fail, before or after they arrive."""

    def __init__(self, world: World) -> None:
        self.service = httpx.WSGITransport(app=world.under.app)
        self.clock, self.posts = world.under.clock, 0
        self.cut: dict[int, str] = {}
        self.tokens = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Identity answers with a token; anything else goes to the service, if the wire holds."""
        if request.url.path.endswith("/v1/token"):
            self.tokens += 1
            bearer = tokens.machine_token(["referential:write", "founders:write"], self.clock.now())
            return httpx.Response(200, json={"access_token": bearer})
        self.posts += 1
        how = self.cut.get(self.posts)
        if how == "before":
            raise httpx.ConnectError("refused", request=request)
        answer = self.service.handle_request(request)
        answer.read()
        if how == "after":
            raise httpx.ReadError("reset", request=request)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


@pytest.fixture
def wire(world: World) -> Wire:
    return Wire(world)


def run(wire: Wire, path: Path, lines: int = 2) -> tuple[int, list[dict[str, Any]]]:
    """Import `path`; the exit status and what was told."""
    out = io.StringIO()
    with httpx.Client(transport=wire) as client:
        caisse = Caisse(client, "http://delegation", "http://identity", "caisse", "secret", wait=lambda _: None)
        status = import_file(path, caisse, out, lines)
    return status, [json.loads(row) for row in out.getvalue().splitlines()]


def written(tmp_path: Path, *lines: str) -> Path:
    """A file with these lines."""
    path = tmp_path / "adherents.csv"
    path.write_text("\n".join([COLUMNS, *lines, ""]), encoding="utf-8")
    return path


def test_a_file_goes_in_by_chunks_and_the_end_is_told(world: World, wire: Wire, tmp_path: Path) -> None:
    status, told = run(wire, written(tmp_path, *(line(number) for number in range(7))))
    assert (status, told[-1]["event"], told[-1]["created"]) == (0, "done", 7)
    assert [one["lines"] for one in told if one["event"] == "progress"] == [2, 4, 6, 7]


def test_rejected_lines_are_told_and_the_status_is_1(world: World, wire: Wire, tmp_path: Path) -> None:
    status, told = run(wire, written(tmp_path, line(1), "court", line(2)))
    assert status == 1
    (rejected,) = [one for one in told if one["event"] == "rejected"]
    assert (rejected["line"], rejected["code"]) == (3, "colonne_manquante")
    assert told[-1]["created"] == 2


@pytest.mark.parametrize("how", ["before", "after"])
def test_an_interrupted_chunk_is_sent_again_and_counts_once(world: World, wire: Wire, tmp_path: Path, how: str) -> None:
    wire.cut = {2: how, 3: how, 5: how}
    status, told = run(wire, written(tmp_path, *(line(number) for number in range(6))))
    assert (status, told[-1]["created"], told[-1]["unchanged"]) == (0, 6, 0)
    assert world.scalar(sa.select(sa.func.count()).select_from(adherents)) == 6
    assert world.events().count("adherent.registered") == 6


def test_a_service_that_stays_away_is_one_sentence_and_status_1(world: World, wire: Wire, tmp_path: Path) -> None:
    wire.cut = dict.fromkeys(range(2, 100), "before")
    status, told = run(wire, written(tmp_path, line(1)))
    assert (status, told[-1]["event"]) == (1, "interrupted")
    assert told[-1]["problem"] == "http://delegation ne répond pas (ConnectError)"
    waited = [one["seconds"] for one in told if one["event"] == "waiting" and one["problem"] == told[-1]["problem"]]
    assert waited == [0.5, 1, 2, 4, 8, 15, 15], "each wait is told before it, and none after the last try"


def test_a_terminal_says_why_it_waits_and_for_how_long() -> None:
    out = io.StringIO()
    with Terminal(1, out) as told:
        told.waiting("http://127.0.0.1:8081/api/delegation ne répond pas (ConnectError)", 0.5)
    assert "ne répond pas (ConnectError) : nouvel essai dans 0,5 s." in " ".join(out.getvalue().split())


def test_a_wrong_header_is_told_in_french(world: World, wire: Wire, tmp_path: Path) -> None:
    path = tmp_path / "adherents.csv"
    path.write_text("caisse,siren\n", encoding="utf-8")
    status, told = run(wire, path)
    assert status == 1
    assert told[-1]["problem"].startswith("Colonnes absentes de l'en-tête : identifiant_cibtp")


def test_a_token_that_expires_on_the_way_is_renewed(world: World, wire: Wire, tmp_path: Path) -> None:

    path = written(tmp_path, *(line(number) for number in range(6)))
    with httpx.Client(transport=wire) as client:
        caisse = Caisse(client, "http://delegation", "http://identity", "caisse", "secret", wait=lambda _: None)
        for _ in caisse.send(path, 2):
            world.under.clock.advance(timedelta(minutes=6))
    assert wire.tokens == 3


def test_the_command_replaces_a_founder_once_whatever_is_lost(wire: Wire, world: World) -> None:
    world.company()
    asked = {"caisse": "IDF", "identifiant": "0400001", "former_email": "patron1@example.com", "reason": "Départ"}
    wire.cut, out = {1: "after"}, io.StringIO()
    world.events()
    with httpx.Client(transport=wire) as client:
        caisse = Caisse(client, "http://delegation", "http://identity", "caisse", "secret", wait=lambda _: None)
        assert replace_founder(caisse, {**asked, "email": "repreneur@example.com"}, out) == 0
        assert replace_founder(caisse, {**asked, "email": "repreneur@example.com"}, out) == 0
        assert replace_founder(caisse, {**asked, "email": "autre@example.com"}, out) == 1
    told = out.getvalue().splitlines()
    assert ["désigné et invité" in told[0], "déjà désigné" in told[1], "rien n'a changé" in told[2]] == [True] * 3
    assert world.events() == ["delegation.closed", "delegation.opened", "founder.replaced"]
