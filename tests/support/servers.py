"""Where this test run takes PostgreSQL and RabbitMQ from, and which it really used.

From testcontainers where an engine answers and has the image or can pull it, else from Debian's servers as local
processes; SERVERS=containers or SERVERS=local insists on one.
"""

import os
import secrets
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

IMAGES = {"postgresql": "postgres:17", "rabbitmq": "rabbitmq:4-management"}
INSTALLED = {
    "postgresql": ("/usr/lib/postgresql", "*/bin/postgres"),
    "rabbitmq": ("/usr/lib/rabbitmq/lib", "rabbitmq_server-*/sbin"),
}
CHOICES = ("", "containers", "local")
LABEL, RUN = "espace.tests", "ESPACE_TESTS_RUN"
ANSWER_LIMIT, PULL_LIMIT = 20, 90
OWN = pytest.StashKey[str]()

used: set[str] = set()


@cache
def source(server: str) -> str:
    """`containers` or `local`; nothing when it can be had from neither."""
    wanted = os.environ.get("SERVERS", "")
    if wanted not in CHOICES:
        raise pytest.UsageError(f"SERVERS={wanted}: one of {', '.join(filter(None, CHOICES))}")
    if wanted != "local" and engine_answers() and has_image(IMAGES[server]):
        return "containers"
    folder, servers = INSTALLED[server]
    return "local" if wanted != "containers" and any(Path(folder).glob(servers)) else ""


@cache
def engine_answers() -> bool:
    """Whether there is a container engine."""
    return shutil.which("docker") is not None and _docker("info", limit=ANSWER_LIMIT)


def has_image(image: str) -> bool:
    """Whether the engine has the image, or can pull it before long."""
    image = os.environ.get("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", "") + image
    return _docker("image", "inspect", image, limit=ANSWER_LIMIT) or _docker("pull", "-q", image, limit=PULL_LIMIT)


def note(title: str, server: Any) -> None:
    """Remember that a test used this server."""
    used.add(f"{title} {server.version()} ({server.kind})")


def begin(config: pytest.Config) -> None:
    """Name the run that starts here; its workers, and nested runs, inherit the name."""
    if RUN not in os.environ:
        os.environ[RUN] = config.stash[OWN] = secrets.token_hex(8)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # a time limit ends the run as Ctrl-C does


def end(config: pytest.Config) -> None:
    """Remove what a worker that was killed could not remove itself."""
    if run := config.stash.get(OWN, ""):
        del os.environ[RUN]
        if shutil.which("docker"):
            words = ["docker", "ps", "--all", "--quiet", "--filter", f"label={LABEL}={run}"]
            left = subprocess.run(words, capture_output=True, text=True, timeout=ANSWER_LIMIT).stdout.split()
            if left:
                subprocess.run(["docker", "rm", "--force", "--volumes", *left], capture_output=True, timeout=600)


def _docker(*words: str, limit: float) -> bool:
    try:
        return subprocess.run(["docker", *words], capture_output=True, timeout=limit).returncode == 0
    except subprocess.TimeoutExpired:
        return False
