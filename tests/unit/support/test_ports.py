"""A port that a test was given is nobody else's, before its server listens and after (parallel runs, two at once)."""

import secrets
import subprocess
import sys

import pytest

from tests.house.sources import ROOT
from tests.support.ports import free_port

DRAWS = """
import secrets, sys
drawn = [int(one) - 15_000 for one in sys.argv[1:]]
secrets.randbelow = lambda _below: drawn.pop(0)
from tests.support.ports import free_port
print(free_port())
"""


def test_no_other_process_draws_a_port_that_was_given() -> None:
    given, other = free_port(), free_port()
    free = next(port for port in range(15_000, 32_000) if port not in (given, other))
    words = [sys.executable, "-c", DRAWS, str(given), str(other), *(str(free + more) for more in range(50))]
    drawn = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert int(drawn) not in (given, other)


def test_this_process_draws_no_port_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    given = free_port()
    draws = iter([given - 15_000, given - 15_000])
    real = secrets.randbelow
    monkeypatch.setattr(secrets, "randbelow", lambda below: next(draws, None) or real(below))
    assert free_port() != given
