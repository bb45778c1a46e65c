"""The profiles antivirus and sms beside the running stack: a virus is caught, an SMS arrives where it is shown."""

import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from embedded.mailbox import body
from tests.journeys.companies import PASSWORD, a_company, import_companies
from tests.support.clamd import eicar, write_signatures
from tests.support.compose import ROOT, Compose
from tests.support.documents import PDF
from tests.support.operations import covers
from tests.support.ports import eventually

PROFILES = ("--profile", "antivirus", "--profile", "sms")
ADDED = ("clamav", "smsc")
TOLD = ("contact-api", "contact-worker", "notification-api", "notification-worker")  # who reads a setting of theirs
MOBILE = f"+3363998{secrets.randbelow(10_000):04}"


@pytest.fixture(scope="module")
def profiled(stack: Compose, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    """The stack with both; each container is made again that has another setting or secret now."""
    signatures = write_signatures(tmp_path_factory.mktemp("clamav") / "signatures")
    stack.run("build", "--quiet", *ADDED)
    make = [sys.executable, str(ROOT / "scripts/make_secrets.py"), "--into", str(stack.secrets), "--sms"]
    subprocess.run([*make, "smpp"], check=True, capture_output=True)
    stack.environment |= {"ANTIVIRUS_URL": "tcp://clamav:3310", "SIGNATURES": str(signatures)}
    up, away = ("up", "--no-build", "--no-deps", "--wait"), ("rm", "--stop", "--force", "--volumes")
    stack.run(*away, *TOLD)
    stack.run(*PROFILES, *up, *ADDED, *TOLD)
    yield stack
    stack.run(*PROFILES, *away, *ADDED, *TOLD)
    subprocess.run([*make, "files"], check=True, capture_output=True)
    for name in ("ANTIVIRUS_URL", "SIGNATURES"):
        del stack.environment[name]
    stack.run(*up, *TOLD)


@pytest.fixture(scope="module")
def founder(profiled: Compose) -> httpx.Client:
    """The APIs as the administrator of a new company, whose account has a mobile number."""
    company = a_company()
    import_companies(profiled, company)
    invitation = eventually(lambda: _link(profiled, company.administrateur, "invitation"), limit=60)
    form = {"token": invitation, "mot_de_passe": PASSWORD, "confirmation": PASSWORD, "nom": "Patron", "prenom": "Paul"}
    form |= {"telephone_fixe": None, "telephone_mobile": MOBILE, "newsletter": False}
    client = httpx.Client(base_url=f"{profiled.url}/api", timeout=30, trust_env=False)
    client.post("/identity/v1/invitations/complete", json=form).raise_for_status()
    who = {"email": company.administrateur, "mot_de_passe": PASSWORD}
    # The account opens once its delegation is: events on their way. Few tries, which are counted (C6).
    session = eventually(lambda: _session(client, who), limit=60, every=5, what="nobody could log in")
    client.headers["Authorization"] = f"Bearer {session['access_token']}"  # type: ignore[index]
    return client


@covers(
    "docker compose build smsc",
    "docker compose --profile sms up --wait",
    "docker compose up -d --force-recreate --no-deps notification-api notification-worker",
)
def test_a_code_arrives_at_the_sms_centre_once(profiled: Compose, founder: httpx.Client) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    assert founder.post("/identity/v1/account/mobile/code", headers=key).status_code == 202
    eventually(lambda: _sms(profiled), limit=30, what="the SMS did not arrive")
    eventually(lambda: not profiled.waiting(), limit=60)
    (shown,) = _sms(profiled)
    assert shown["to"] == MOBILE and re.search(r"#\d{6}$", shown["text"])


@covers("docker compose build clamav")
def test_a_virus_is_caught_before_the_caisse_can_have_it(profiled: Compose, founder: httpx.Client) -> None:
    site = eventually(lambda: founder.get("/delegation/v1/sites").json()["items"], limit=30)[0]  # type: ignore[index]
    words = {"objet": f"Pièces {uuid4()}", "message": "Bonjour", "consentement": "true"}
    files = [("fichiers", ("bon.pdf", PDF)), ("fichiers", ("virus.txt", eicar()))]
    path, key = f"/contact/v1/adherents/{site['adherent_id']}/messages", {"Idempotency-Key": str(uuid4())}
    eventually(lambda: founder.get(path.replace("messages", "form")).status_code == 200, limit=30)
    assert founder.post(path, data=words, files=files, headers=key).status_code == 201
    token = str(eventually(lambda: _link(profiled, words["objet"], "dossier"), limit=60))
    eventually(lambda: "en_cours" not in _scans(founder, token).values(), limit=60, what="the files were not scanned")
    assert _scans(founder, token) == {"bon.pdf": "sain", "virus.txt": "infecte"}
    assert _downloaded(founder, token) == {"bon.pdf": 200, "virus.txt": 409}
    assert "virus found" in profiled.shell("docker compose logs contact-worker").stdout


def test_the_containers_of_the_profiles_are_held_like_the_others(profiled: Compose) -> None:
    script = (
        "id -u; touch /here 2>&1 || true; grep -c 'CapEff:.0*$' /proc/self/status; grep NoNewPrivs /proc/self/status"
    )
    for name in ADDED:
        said = profiled.run(*PROFILES, "exec", "-T", name, "bash", "-c", script).splitlines()
        assert said[0] == "10001" and "Read-only" in said[1] and said[2] == "1" and said[3].split()[1] == "1", name


def _session(client: httpx.Client, who: dict[str, str]) -> Any:
    opened = client.post("/identity/v1/sessions", json=who)
    return opened.json() if opened.status_code == 201 else None


def _sms(stack: Compose) -> list[dict[str, str]]:
    shown = httpx.get(f"http://127.0.0.1:{stack.mailbox_port}/sms/messages", timeout=30, trust_env=False)
    return [one for one in shown.raise_for_status().json() if one["to"] == MOBILE]


def _link(stack: Compose, word: str, purpose: str) -> str | None:
    """The token in the mail that has `word` in its address or its subject."""
    links = (re.search(rf"/lien/{purpose}/(\S+)", body(mail, "plain")) for mail in stack.emails(word))
    return next((link.group(1) for link in links if link), None)


def _files(client: httpx.Client, token: str) -> list[dict[str, Any]]:
    return list(client.post("/contact/v1/dossiers/lookup", json={"token": token}).raise_for_status().json()["files"])


def _scans(client: httpx.Client, token: str) -> dict[str, str]:
    return {one["name"]: one["scan"] for one in _files(client, token)}


def _downloaded(client: httpx.Client, token: str) -> dict[str, int]:
    header = {"X-Dossier-Token": token}
    paths = {one["name"]: f"/contact/v1/dossiers/files/{one['file_id']}" for one in _files(client, token)}
    return {name: client.get(path, headers=header).status_code for name, path in paths.items()}
