"""gunicorn as entrypoint.sh starts it: management in the master, unready before the socket closes, one sentence."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.ports import eventually, free_port
from tests.support.processes import Child, environment_of

SETTINGS = {"SERVICE": "gateway", "ESPACE_SECRET_KEY": "only for this test", "SHUTDOWN_DELAY": "6"}
WORDS = [sys.executable, "-m", "gunicorn", "--config", "python:backbone.gunicorn_conf", "gateway.wsgi:managed()"]


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[tuple[Child, str, str]]:
    """The gateway: the process, its address and its management address."""
    (tmp_path / "metrics").mkdir()
    port, management = free_port(), free_port()
    environment = SETTINGS | {
        "BIND": f"127.0.0.1:{port}",
        "ESPACE_MANAGEMENT_PORT": str(management),
        "PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"),
    }
    ready = f"http://127.0.0.1:{management}/readyz"
    process = Child(WORDS, environment, tmp_path / "log", ready)
    process.wait_ready(60)
    yield process, f"http://127.0.0.1:{port}", f"http://127.0.0.1:{management}"
    if process.running():
        process.kill9()


def test_the_management_port_tells_life_readiness_and_metrics(pages: tuple[Child, str, str]) -> None:
    _, address, management = pages
    assert httpx.get(f"{address}/connexion", timeout=30).status_code == 200
    assert httpx.get(f"{management}/livez", timeout=30).json() == {"alive": True}
    assert httpx.get(f"{management}/readyz", timeout=30).json() == {"stopping": "ok"}
    assert httpx.get(f"{management}/metrics", timeout=30).status_code == 200
    assert httpx.get(f"{address}/readyz", timeout=30).status_code == 404  # not from the outside


def test_it_is_unready_before_it_stops_serving_and_ends_well(pages: tuple[Child, str, str]) -> None:
    process, address, management = pages
    os.kill(process.pid, signal.SIGTERM)
    eventually(lambda: httpx.get(f"{management}/readyz", timeout=30).status_code == 503, limit=3)
    assert httpx.get(f"{address}/connexion", timeout=30).status_code == 200
    eventually(lambda: not process.running(), limit=30)
    assert process.exit_status() == 0, process.tail()


def test_a_setting_that_cannot_be_used_is_one_sentence() -> None:
    environment = environment_of(SETTINGS | {"ESPACE_SECRT_KEY": "x", "PROMETHEUS_MULTIPROC_DIR": "/tmp"})
    done = subprocess.run(WORDS, env=environment, capture_output=True, text=True, timeout=600)
    assert (done.returncode, done.stderr) == (2, "Settings of gateway: ESPACE_SECRT_KEY is not a setting.\n")
