"""`make run` where it cannot run: one clear sentence, exit status 2, nothing changed. And the demonstration."""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from embedded.__main__ import loaded
from embedded.demo_data import FIRM, GUIDE_MISSING, GUIDE_TO_RECTIFY, PASSWORD, WITNESS
from embedded.mailbox import Mailbox
from tests.support.ports import eventually, free_port
from tests.support.processes import ROOT, Child


def start(*words: str) -> subprocess.CompletedProcess[str]:
    """Run it until it ends by itself."""
    command = [sys.executable, "-m", "embedded", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)


def is_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    for word in words:
        assert word in done.stderr


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        is_one_sentence(start("--port", str(port), "--folder", str(tmp_path / "var")), str(port), "PORT=")
    assert not (tmp_path / "var").exists()


def test_a_port_that_is_none_is_said(tmp_path: Path) -> None:
    is_one_sentence(start("--port", "70000", "--folder", str(tmp_path / "var")), "70000", "PORT=")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    is_one_sentence(start("--port", "0", "--folder", str(tmp_path / "file" / "var")), "cannot be written")


def test_a_damaged_database_is_said_and_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    damaged = folder / "delegation.db"
    damaged.write_bytes(b"this is not a database, or it was cut in the middle" * 100)
    before = damaged.read_bytes()
    is_one_sentence(start("--port", "0", "--folder", str(folder)), "delegation.db", "damaged")
    assert damaged.read_bytes() == before


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> object:
    """The system as `make run` starts it, with its demonstration."""
    folder, port = tmp_path_factory.mktemp("demo") / "var", free_port()
    words = [sys.executable, "-m", "embedded", "--port", str(port), "--folder", str(folder)]
    log = folder.parent / "output.log"
    child = Child(words, {}, log, f"http://127.0.0.1:{port}/connexion")
    eventually(lambda: (folder / "demo.done").exists() or not child.running(), limit=100, what=child.tail())
    yield child, folder, f"http://127.0.0.1:{port}"
    child.terminate()
    assert child.exit_status() == 0, child.tail()


def test_a_demonstration_that_cannot_go_on_ends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """It ended the system once, while a large import kept its events waiting."""

    def load() -> None:
        raise TimeoutError("events are still waiting")

    assert loaded(load) is False
    assert "reprendra au prochain démarrage (events are still waiting)" in capsys.readouterr().err


def test_a_folder_in_use_is_said(running: tuple[Child, Path, str]) -> None:
    is_one_sentence(start("--port", "0", "--folder", str(running[1])), "already running")


def test_the_demonstration_says_where_and_who(running: tuple[Child, Path, str]) -> None:
    child, _, url = running
    eventually(lambda: "Données" in child.tail(), what=child.tail())
    said = child.tail()
    assert f"{url}/_mailbox/" in said and FIRM in said and PASSWORD in said


ACTION = "Une action de votre part est attendue"


@pytest.fixture(scope="module")
def sites(running: tuple[Child, Path, str]) -> dict[str, dict[str, Any]]:
    """What the firm of the demonstration sees on the choice screen, by site; and its home page and Suivi DSN."""
    firm = httpx.Client(base_url=f"{running[2]}/api", timeout=20)
    opened = firm.post("/identity/v1/sessions", json={"email": FIRM, "mot_de_passe": PASSWORD})
    firm.headers["Authorization"] = f"Bearer {opened.raise_for_status().json()['access_token']}"

    def listed() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = firm.get("/dsn/v1/sites?page_size=50").raise_for_status().json()["items"]
        return items

    def alerts() -> list[int]:
        return sorted(one["alert_count"] for one in listed())

    eventually(lambda: len(alerts()) == 8 and alerts()[-1] == 6, limit=60, what="alerts of the demo")
    found = {f"{one['raison_sociale']} {one['nom']}": one for one in listed()}
    for one in found.values():
        site = f"/dsn/v1/sites/{one['site_id']}"
        one["home"] = firm.get(f"{site}/alerts?view=home").json()["messages"]
        one["months"] = firm.get(f"{site}/suivi").json()["items"]
        one["why"] = {m["periode"]: firm.get(f"{site}/suivi/{m['periode']}").json() for m in one["months"]}
    return found


def test_the_firm_of_the_demonstration_has_sites_with_and_without_alerts(sites: dict[str, dict[str, Any]]) -> None:
    assert {0, 2, 6} <= {one["alert_count"] for one in sites.values()}


def test_the_demonstration_shows_the_sentences_of_the_guide(sites: dict[str, dict[str, Any]]) -> None:
    """G63 and G64, word for word, in both places: the list of sites newest first, the home page oldest first."""
    for name, kind, months in (
        (GUIDE_MISSING, "Anomalie dans le traitement / Déclaration manquante", ("Septembre 2021", "Octobre 2021")),
        (GUIDE_TO_RECTIFY, "Une déclaration à rectifier", ("Août 2022", "Octobre 2022")),
    ):
        site = sites[f"ENTREPRISE DURAND {name}"]
        listed = [f"DSN {month.replace(' ', '-')}: {kind}" for month in reversed(months)]
        assert [(one["periode"], one["action"]) for one in site["messages"]] == [(one, ACTION) for one in listed]
        assert site["home"] == [f"DSN {month}: {kind}. {ACTION}" for month in months]


def test_the_demonstration_has_an_alert_of_each_reason_and_one_put_right(sites: dict[str, dict[str, Any]]) -> None:
    why = sites[f"ENTREPRISE DURAND {WITNESS}"]["why"].values()
    assert {one["rule"] for one in why if one["alert"]} == {"R4", "R6", "R7", "R11", "R12", "R13"}
    late = next(one for one in why if one["late"])
    assert late["state"] == "ACCEPTEE" and late["alert"] is None
    ended = [one for one in late["timeline"] if one["title"].startswith("Alerte levée")]
    assert len(ended) == 1 and ended[0]["details"][0].startswith("Preuve : ")


def test_an_invitation_waits_for_whoever_takes_the_journey_by_hand(running: tuple[Child, Path, str]) -> None:
    waiting = [message for _, message in Mailbox(running[1]).emails() if "nouveau@example.com" in str(message["To"])]
    assert len(waiting) == 1
    page = httpx.get(f"{running[2]}/_mailbox/", timeout=20)
    assert "nouveau@example.com" in page.text and "Compléter les informations" in page.text


def test_a_caller_cannot_choose_the_address_he_is_counted_by(running: tuple[Child, Path, str]) -> None:
    """ASVS 4.1.3: X-Forwarded-For of a caller is replaced, or each guess could come from « another address »."""
    url = f"{running[2]}/api/identity/v1/sessions"
    other = httpx.HTTPTransport(local_address="127.0.0.2")  # the other tests go on logging in
    with httpx.Client(transport=other, timeout=20) as caller:
        statuses = [
            caller.post(
                url,
                json={"email": f"inconnu{number}@example.com", "mot_de_passe": "x"},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
            ).status_code
            for number in range(40)
        ]
    assert 429 in statuses
