"""A process that a test made is not taken for another that got its number later."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import processes
from tests.support.processes import Process


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """Somebody else's process, in a session of its own."""
    words = [sys.executable, "-c", "input()"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True) as process:
        yield process
        process.kill()


def test_who_got_the_number_later_is_neither_waited_for_nor_killed(
    stranger: subprocess.Popen[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(processes, "began", lambda pid: "1")
        ours = Process(stranger.pid, tmp_path / "log")
    assert not ours.running()
    ours.kill9()
    ours.terminate()
    assert stranger.poll() is None


def test_its_own_is_killed(stranger: subprocess.Popen[bytes], tmp_path: Path) -> None:
    ours = Process(stranger.pid, tmp_path / "log")
    assert ours.running()
    ours.kill9()
    assert not ours.running() and stranger.wait() < 0
