"""A copy of the tree, to write in."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.sources import ROOT, committed
from tests.support.fixtures import postgres  # noqa: F401  (a fixture)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What git keeps, and what stands beside it to be committed, in a folder of its own."""
    folder = tmp_path_factory.mktemp("copy")
    for path in committed():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    return folder


@pytest.fixture(scope="module")
def run(copy: Path) -> Run:
    """Runs a module of the copy, with the packages of this environment."""

    def python(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_PROFILE": "fast"}
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=900)

    return python
