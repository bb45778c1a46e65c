"""`scripts/reconcile.sh`: what delegation says goes into each service named, and its status says if all was well."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT

# An engine that says which command it was given, and of a service what it read; dsn finds something.
DOCKER = """#!/usr/bin/env bash
case "$*" in
  *"delegation-worker entrypoint.sh ask delegations") echo truth ;;
  *) echo "$* <$(cat)>"; case "$*" in *dsn-worker*--repair) ;; *dsn-worker*) exit 1 ;; esac ;;
esac
"""


@pytest.mark.parametrize(
    ("command", "services", "status"),
    [
        ("scripts/reconcile.sh", ("identity", "notification", "dsn", "contact"), 1),
        ("scripts/reconcile.sh contact", ("contact",), 0),
        ("scripts/reconcile.sh --repair dsn", ("dsn",), 0),
    ],
)
def test_each_service_reads_what_delegation_says(
    tmp_path: Path, command: str, services: tuple[str, ...], status: int
) -> None:
    docker = tmp_path / "docker"
    docker.write_text(DOCKER)
    docker.chmod(0o755)
    way = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(command.split(), cwd=ROOT, env=way, capture_output=True, text=True, check=False)
    more = " --repair" if "--repair" in command else ""
    told = [f"{one}:\ncompose exec -T {one}-worker entrypoint.sh reconcile{more} <truth>" for one in services]
    assert (done.returncode, done.stdout.splitlines()) == (status, "\n".join(told).splitlines())
