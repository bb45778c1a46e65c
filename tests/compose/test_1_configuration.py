"""What can be said of the compose files and images before anything runs."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.support.compose import ROOT, SERVICES, engine_answers
from tests.support.operations import covers

OVERLAYS = {
    "base": ["--file", "docker-compose.yml"],
    "production": ["--file", "docker-compose.yml", "--file", "docker-compose.prod.yml"],
    "observability": ["--file", "docker-compose.yml", "--profile", "observability"],
    "antivirus": ["--file", "docker-compose.yml", "--profile", "antivirus"],
    "sms": ["--file", "docker-compose.yml", "--profile", "sms"],
    "production with antivirus": [
        *("--file", "docker-compose.yml", "--file", "docker-compose.prod.yml", "--profile", "antivirus"),
    ],
    "tests": ["--file", "docker-compose.yml", "--file", "tests/compose/docker-compose.test.yml"],
}


@covers("cp .env.example .env")
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_overlay_is_a_compose_file_with_the_example_settings(overlay: str) -> None:
    if not engine_answers():
        pytest.skip("no Compose on this machine")
    words = ["docker", "compose", "--env-file", ".env.example", *OVERLAYS[overlay], "config", "--quiet"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=_bare())
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [*SERVICES, "gateway"])
def test_an_image_holds_its_own_service_and_no_other(images: None, name: str) -> None:
    others = {service for service in SERVICES if service != name}
    found = set(_inside(name, "find /app -name '*.py' -printf '%P\n'").splitlines())
    assert found and not {path for path in found if path.split("/")[:2][-1] in others and path.startswith("services")}
    assert any(path.startswith("gateway/") for path in found) is (name == "gateway")
    parts = {part for path in found for part in path.split("/")}  # « attestation » holds « test »
    assert not {part for part in parts if part in ("tests", "conftest.py", "embedded") or part.startswith("test_")}


@pytest.mark.parametrize("name", [*SERVICES, "gateway"])
def test_an_image_has_no_compiler_no_secret_no_package_manager_of_ours_and_no_root(images: None, name: str) -> None:
    assert _inside(name, "command -v gcc cc make || true") == ""
    assert _inside(name, "ls /opt/venv/bin/pip* /app/secrets /app/.env /app/.git 2>/dev/null || true") == ""
    assert _inside(name, "id -u").strip() == "10001"
    history = subprocess.run(["docker", "image", "inspect", f"espace/{name}:local"], capture_output=True, text=True)
    assert not [line for line in json.loads(history.stdout)[0]["Config"]["Env"] if line.startswith("ESPACE_")]


def test_a_setting_that_is_wrong_or_missing_is_one_sentence(images: None) -> None:
    for word in ("api", "worker", "migrate"):
        words = ["docker", "run", "--rm", "-e", "ESPACE_DATABASE_ULR=x", "espace/dsn:local", word]
        done = subprocess.run(words, capture_output=True, text=True, timeout=600)
        assert done.returncode == 2, done.stderr
        said = done.stderr.strip().splitlines()
        assert len(said) == 1 and said[0].startswith("Settings of dsn: ESPACE_DATABASE_ULR is not a setting; ")
        assert "ESPACE_DATABASE_URL is missing" in said[0]


def _inside(name: str, command: str) -> str:
    words = [
        "docker",
        "run",
        "--rm",
        "--network",
        "none",
        "--entrypoint",
        "bash",
        f"espace/{name}:local",
        "-c",
        command,
    ]
    return subprocess.run(words, capture_output=True, text=True, check=True, timeout=600).stdout


def _bare() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(Path.home())}
