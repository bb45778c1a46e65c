"""One version of the system, wherever its tree is: its processes, its programs, what its compose file tells them."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.support.ports import eventually
from tests.support.processes import Process, environment_of

HERE = Path(__file__).parent
DEFAULT = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


class Version:
    """`root` holds its tree. Processes are forked from one that has imported it all, so that each starts at once."""

    def __init__(self, name: str, root: Path) -> None:
        self.name, self.root = name, root
        self._zygote: subprocess.Popen[str] | None = None

    def start(self, words: Sequence[str], environment: Mapping[str, str], log: Path, ready: str = "") -> Process:
        """A process of this version: `gunicorn …`, `backbone worker identity`, or a program of its tree."""
        zygote = self._zygote = self._zygote or subprocess.Popen(
            [sys.executable, "-P", str(HERE / "zygote.py")],
            cwd=self.root,
            env=self._own({}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        order = {"words": list(words), "environment": self._own(environment), "log": str(log)}
        assert zygote.stdin and zygote.stdout
        zygote.stdin.write(json.dumps(order) + "\n")
        return Process(int(zygote.stdout.readline()), log, ready)

    def run(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> str:
        """The same to its end, which must be 0; what it said."""
        log.unlink(missing_ok=True)
        status = Path(f"{log}.status")
        status.unlink(missing_ok=True)
        self.start(words, environment, log)
        eventually(status.exists, limit=90, what=f"{words} of {self.name} did not end")
        said = log.read_text(errors="replace")
        assert status.read_text() == "0", f"{words} of {self.name} ended with {status.read_text()}: {said[-3000:]}"
        return said

    def tell(self, program: str, *words: str, stdin: str = "") -> str:
        """What a program of these tests says when it runs on the code of this version."""
        done = subprocess.run(
            [sys.executable, "-P", str(HERE / program), *words],
            cwd=self.root,
            env=self._own({}),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{program} on {self.name}: {done.stderr[-3000:]}"
        return done.stdout

    def close(self) -> None:
        """Start no more; what was started goes on."""
        if self._zygote:
            self._zygote.kill()
            self._zygote.wait()

    def application(self, service: str) -> list[str]:
        """What its entrypoint.sh tells gunicorn to serve; nothing where gunicorn_conf knows it by $SERVICE."""
        entrypoint = (self.root / "entrypoint.sh").read_text(encoding="utf-8")
        return re.findall(rf'"({service}\.wsgi:[^"]+)"', entrypoint)

    def environment(self, container: str, given: Mapping[str, str]) -> dict[str, str]:
        """What its compose file gives to `container`; `given` is what an operator would write into .env."""
        told = self._containers[container].get("environment") or {}
        return {name: _filled(str(value), given) for name, value in told.items()}

    def secrets(self, container: str) -> dict[str, str]:
        """{file that the container sees: file of the folder of secrets} as its compose file mounts them."""
        mounted = self._containers[container].get("secrets") or []
        pairs = [(one, one) if isinstance(one, str) else (one["target"], one["source"]) for one in mounted]
        files = {name: Path(_filled(one["file"], {})).name for name, one in self._compose["secrets"].items()}
        return {f"/run/secrets/{target}": files[source] for target, source in pairs}

    @cached_property
    def _compose(self) -> dict[str, Any]:
        return dict(yaml.safe_load((self.root / "docker-compose.yml").read_text(encoding="utf-8")))

    @property
    def _containers(self) -> dict[str, Any]:
        return dict(self._compose["services"])

    def _own(self, environment: Mapping[str, str]) -> dict[str, str]:
        return {**environment_of(environment), "PYTHONPATH": str(self.root)}


@contextmanager
def version_at(name: str, root: Path) -> Iterator[Version]:
    """A version of the system for as long as it is needed."""
    version = Version(name, root)
    try:
        yield version
    finally:
        version.close()


def _filled(text: str, given: Mapping[str, str]) -> str:
    return DEFAULT.sub(lambda found: given.get(found[1], found[2] or ""), text)
