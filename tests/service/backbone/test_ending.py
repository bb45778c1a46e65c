"""A process of many threads ends when it is told to, whatever its threads do (FA23)."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.support.ports import eventually
from tests.support.processes import Child

LISTENING = "import threading, time; from backbone.serving import ending; ending.hold_stops(); "
AT_WORK = "threading.Thread(target=time.sleep, args=(600,), daemon={daemon}, name='at work').start(); "


def _process(folder: Path, program: str) -> Child:
    return Child([sys.executable, "-c", LISTENING + program], {}, folder / "log")


def _says(process: Child, word: str) -> None:
    eventually(lambda: word in process.tail(), limit=30, what=f"it did not say {word}: {process.tail()}")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "ctrl-c"])
def test_told_before_it_asks_it_ends_all_the_same(tmp_path: Path, told: signal.Signals) -> None:
    program = (
        "print('held', flush=True); ending.at_the_latest(60); time.sleep(1); ending.until_told(); ending.leave(True)"
    )
    process = _process(tmp_path, program)
    _says(process, "held")
    os.kill(process.pid, told)
    eventually(lambda: not process.running(), limit=30)
    assert process.exit_status() == 0, process.tail()


@pytest.mark.parametrize(("clean", "status"), [(True, 0), (False, 1)])
def test_it_leaves_with_threads_at_work_and_with_all_written(tmp_path: Path, clean: bool, status: int) -> None:
    program = f"{AT_WORK.format(daemon=False)} print('the last word'); ending.leave({clean})"
    process = _process(tmp_path, program)
    eventually(lambda: not process.running(), limit=30, what="a thread at work keeps it")
    assert (process.exit_status(), process.tail()) == (status, "the last word\n")


def test_what_does_not_end_says_where_it_stands_and_ends(tmp_path: Path) -> None:
    program = f"{AT_WORK.format(daemon=True)} ending.at_the_latest(0.2); threading.Event().wait()"
    process = _process(tmp_path, program)
    eventually(lambda: not process.running(), limit=30, what="nobody watches it")
    assert process.exit_status() == 1
    assert process.tail().count("(most recent call first)") == 2 and "in wait" in process.tail()
