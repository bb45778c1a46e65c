"""Processes of ours: started with their environment, killed, stopped politely, asked whether they are ready."""

import http.client
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.support.kernel import began, stands_still, state_of
from tests.support.ports import eventually

ROOT = Path(__file__).parents[2]
# What asking a process raises that is killed meanwhile: before it answers, or in the middle of its answer.
NO_ANSWER = (OSError, http.client.HTTPException, ValueError)


def environment_of(extra: Mapping[str, str]) -> dict[str, str]:
    """The little of our own environment that a process needs, and `extra`."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **extra}


class Process:
    """One process and its children, in a session of its own. What it says goes to `log`.

    Numbers come again, within minutes where thousands of processes are made: it is known by when it began, too.
    """

    def __init__(self, pid: int, log: Path, ready: str = ""):
        self.pid, self.log, self.ready_url = pid, log, ready
        self._began = began(pid)

    def running(self) -> bool:
        """Whether it has not ended."""
        state, at = state_of(self.pid)
        return at == self._began and state not in ("", "Z")

    def kill9(self) -> None:
        """End it, and its children, at once."""
        self._signal(signal.SIGKILL)
        eventually(lambda: not self.running(), every=0.005)

    def hold(self) -> None:
        """Stop it where it is; it stands still when this returns."""
        self._signal(signal.SIGSTOP)
        eventually(lambda: stands_still(self.pid) or not self.running(), every=0.001, what="it did not stop")

    def go_on(self) -> None:
        """Let it go on from where it was held."""
        self._signal(signal.SIGCONT)

    def terminate(self, limit: float = 25) -> None:
        """Ask it to end. AssertionError if it takes longer than `limit`."""
        if self._is_ours():
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
        eventually(lambda: not self.running(), limit, what=f"it did not end: {self.tail()}")

    def ready(self) -> bool:
        """Whether its ready address answers 200."""
        return self.status() == 200

    def status(self) -> int:
        """The status its ready address answers; 0 when it does not."""
        try:
            with urllib.request.urlopen(self.ready_url, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except NO_ANSWER:
            return 0

    def wait_ready(self, limit: float = 30) -> "Process":
        """Itself, once it is ready."""
        eventually(self.ready, limit=limit, what=f"not ready: {self.tail()}")
        return self

    def tail(self) -> str:
        """The last it said."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def _signal(self, which: signal.Signals) -> None:
        if self._is_ours():
            with suppress(ProcessLookupError):
                os.killpg(self.pid, which)

    def _is_ours(self) -> bool:
        """Not so when another process has the number: then nobody of its group is left (or it would not be free)."""
        return began(self.pid) in ("", self._began)


class Child(Process):
    """A process started the ordinary way, whose exit status we learn."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], log: Path, ready: str = ""):
        with log.open("ab") as output:
            self._child = subprocess.Popen(
                list(words),
                cwd=ROOT,
                env=environment_of(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        super().__init__(self._child.pid, log, ready)

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._child.poll() is None

    def exit_status(self) -> int | None:
        """What it ended with."""
        return self._child.poll()


class Zygote:
    """Makes processes of the drill by forking one that has imported everything: a start costs milliseconds."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.drill.zygote"],
            cwd=ROOT,
            env=environment_of({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def start(self, words: Sequence[str], environment: Mapping[str, str], log: Path, ready: str = "") -> Process:
        """A fresh process, as if started with `words`."""
        order = {"words": list(words), "environment": environment_of(environment), "log": str(log)}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        return Process(int(self._process.stdout.readline()), log, ready)

    def close(self) -> None:
        """Make no more; those made go on."""
        self._process.kill()
        self._process.wait()
