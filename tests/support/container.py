"""PostgreSQL and RabbitMQ in containers of one's own (testcontainers), with the face of the local ones.

Each is published on one fixed port of the loopback, so that a killed server comes back at its address. Its label names
the test run: `docker ps --filter label=espace.tests` finds what a killed run left behind.
"""

import atexit
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer

from tests.support.ports import eventually, free_port
from tests.support.postgres import PASSWORD, Postgres, settings
from tests.support.rabbitmq import Rabbit
from tests.support.servers import IMAGES, LABEL, RUN

testcontainers_config.ryuk_disabled = True  # what removes our containers is `close`, and the end of the run


class Container:
    """One container: killed and started again it is the same one, with the same data."""

    kind = "testcontainers"

    def __init__(self, image: str, inside: int, command: list[str], env: Mapping[str, str], files: Mapping[str, str]):
        self.port = free_port()
        self._made = DockerContainer(image, command=command, env=dict(env), labels={LABEL: os.environ.get(RUN, "")})
        self._made.ports[f"{inside}/tcp"] = ("127.0.0.1", self.port)  # type: ignore[assignment]
        for path, text in files.items():
            self._made.with_copy_into_container(text.encode(), path)
        atexit.register(self.close)
        try:
            self._made.start()
            self.wait()
        except BaseException:
            self.close()
            raise

    def wait(self) -> None:
        """Return once it answers; if it does not, say what it said."""
        try:
            eventually(self.answers, limit=120, every=0.1, what=f"{self._made.image} took no connection")
        except AssertionError as error:
            error.add_note(self._engine.logs(tail=40).decode(errors="replace"))
            raise

    def start(self, wait: bool = True) -> None:
        """Start the same container again."""
        self._engine.start()
        if wait:
            self.wait()

    def kill9(self) -> None:
        """Kill every process in it at once, as a power cut would."""
        self._kill("SIGKILL")

    def freeze(self) -> None:
        """Stop it without ending it: connections stay open and nobody answers."""
        self._engine.pause()

    def thaw(self) -> None:
        """Let it go on."""
        self._engine.unpause()

    def close(self) -> None:
        """Remove it with its data."""
        atexit.unregister(self.close)
        self._made.stop()

    @property
    def _engine(self) -> Any:
        return self._made.get_wrapped_container()

    def _kill(self, which: str) -> None:
        self._engine.kill(which)
        self._engine.wait(timeout=60)


class ContainerPostgres(Postgres, Container):
    """One cluster."""

    def __init__(self, fsync: bool = True):
        words = [word for name, value in settings(fsync).items() for word in ("-c", f"{name}={value}")]
        super().__init__(IMAGES["postgresql"], 5432, ["postgres", *words], {"POSTGRES_PASSWORD": PASSWORD}, {})

    def stop_immediate(self) -> None:
        """What `pg_ctl stop -m immediate` does: abort, recover at the next start."""
        self._kill("SIGQUIT")


class ContainerRabbit(Rabbit, Container):
    """One broker, set as the local one. What comes by the published port is not loopback to it: guest may do so."""

    FILES = {
        "/etc/rabbitmq/enabled_plugins": "[].\n",
        "/etc/rabbitmq/conf.d/90-tests.conf": (
            "loopback_users.guest = false\ndisk_free_limit.absolute = 1MB\nlog.console.level = warning\n"
            "vm_memory_high_watermark.absolute = 1500MB\n"
        ),
    }

    def __init__(self) -> None:
        super().__init__(IMAGES["rabbitmq"], 5672, ["rabbitmq-server"], {}, self.FILES)

    def ctl(self, *words: str) -> str:
        """Run rabbitmqctl in it; its output."""
        done = self._engine.exec_run(["rabbitmqctl", "--quiet", *words], demux=True)
        output, errors = (part.decode() if part else "" for part in done.output)
        if done.exit_code:
            raise RuntimeError(f"rabbitmqctl {' '.join(words)}: {errors or output}")
        return output

    def load(self, definitions: Path) -> None:
        """Import a file of definitions, which must first be inside."""
        inside = f"/tmp/{definitions.name}"
        self._made.copy_into_container(definitions, inside)
        self.ctl("import_definitions", inside)
