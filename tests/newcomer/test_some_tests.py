"""`make test T=…` runs those tests and no other, and ends as they do."""

import os
import subprocess

import pytest

from tests.house.sources import ROOT


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """`make`, in an environment that is ready; what a surrounding pytest says to its own does not reach it."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["make", "ready=true", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)


def test_only_what_is_named_is_run_and_its_last_line_is_shown() -> None:
    done = make(
        "test", 'T=tests/unit/contracts/test_numbers.py -k "siret and not siren or luhn"', "ARGS=--collect-only -q"
    )
    named = [line for line in done.stdout.splitlines() if "::" in line]
    assert done.returncode == 0 and named, done.stdout + done.stderr
    assert all(line.startswith("tests/unit/contracts/test_numbers.py::") for line in named)
    assert "selected" in done.stdout.splitlines()[-1] or "collected" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("path", "status"), [("tests/unit/backbone/test_secrets.py", 0), ("tests/unit/nowhere.py", 2)])
def test_it_ends_as_the_tests_do(path: str, status: int) -> None:
    done = make("test", f"T={path}")
    assert done.returncode == status, done.stdout + done.stderr
    assert ("passed in" in done.stdout.splitlines()[-1]) is (status == 0)


def test_without_t_everything_is_run_by_several_processes_as_ever() -> None:
    asked = make("-n", "test").stdout
    assert "scripts/test.sh" in asked and "WORKERS" not in asked
