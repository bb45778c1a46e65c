"""A real RabbitMQ of one's own; here Debian's, as a local process with its own node, ports, folders and epmd.

Nothing is shared with another broker of the machine, so parallel test workers and a system service do not meet.
"""

import logging
import os
import secrets
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import amqp
import pika
from pika.adapters.utils.connection_workflow import AMQPConnectorException
from pika.exceptions import AMQPError

from tests.support.erlang import Shell
from tests.support.ports import eventually, free_port

logging.getLogger("pika").setLevel(logging.CRITICAL)  # a broker that is starting refuses, which is no news
HOMES = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin"))


ALL = '<<".*">>'


class Rabbit:
    """What a test asks of a broker, wherever it runs. `kill9` is a power cut; `start` brings back what disks kept."""

    port: int
    kind: str

    def url(self, user: str = "guest", password: str = "guest") -> str:
        """The AMQP address for that account."""
        return f"amqp://{user}:{password}@127.0.0.1:{self.port}/%2F"

    def answers(self) -> bool:
        """Whether a client can log in now."""
        with suppress(AMQPError, AMQPConnectorException, OSError):  # the second, when somebody accepts and says nothing
            pika.BlockingConnection(pika.URLParameters(self.url() + "?socket_timeout=2&stack_timeout=2")).close()
            return True
        return False

    def version(self) -> str:
        """Such as 4.0.5."""
        with amqp.Connection(f"127.0.0.1:{self.port}", "guest", "guest") as connection:
            return str(connection.server_properties["version"])

    def ctl(self, *words: str) -> str:
        """Run rabbitmqctl on this node; its output."""
        raise NotImplementedError

    def open_vhost(self, name: str) -> None:
        """Make a virtual host in which guest may do all."""
        self.ctl("add_vhost", name)
        self.ctl("set_permissions", "-p", name, "guest", ".*", ".*", ".*")

    def delete_vhost(self, name: str) -> None:
        """Forget it, with its queues."""
        self.ctl("delete_vhost", name)

    def load(self, definitions: Path) -> None:
        """Import a file of definitions."""
        self.ctl("import_definitions", str(definitions))

    def alarm(self, on: bool) -> None:
        """Raise or clear the disk alarm, which blocks every publishing connection."""
        self.ctl("set_disk_free_limit", "900000GB" if on else "1MB")


class LocalRabbit(Rabbit):
    """One broker of Debian's server."""

    kind = "local process"

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port, self.dist_port, self.epmd_port = free_port(), free_port(), free_port()
        self.node = f"test{secrets.token_hex(4)}@localhost"
        self._prepare()
        self._epmd = subprocess.Popen(
            ["epmd", "-port", str(self.epmd_port), "-address", "127.0.0.1"], stdin=subprocess.DEVNULL
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._shell: Shell | None = None
        self.start()

    def start(self, wait: bool = True) -> None:
        """Start the node on its own folders; return once it takes connections and its queues have leaders."""
        with (self.folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                [str(HOMES[-1] / "rabbitmq-server")],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        if wait:
            eventually(self.answers, limit=120, every=0.1, what="RabbitMQ took no connection")

    def kill9(self) -> None:
        """Kill the whole node at once."""
        self._signal(signal.SIGKILL)

    def freeze(self) -> None:
        """Stop the node without ending it: connections stay open and nobody answers."""
        self._signal(signal.SIGSTOP, wait=False)

    def thaw(self) -> None:
        """Let a frozen node go on."""
        self._signal(signal.SIGCONT, wait=False)

    def ctl(self, *words: str) -> str:
        """Run rabbitmqctl on this node; its output. `eval` goes through a shell that stays open."""
        if words[0] == "eval":
            self._shell = self._shell or Shell(self.node, self._environment())
            return self._shell.ask(words[1])
        done = subprocess.run(
            [str(HOMES[-1] / "rabbitmqctl"), "--quiet", "--node", self.node, *words],
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
        )
        if done.returncode:
            raise RuntimeError(f"rabbitmqctl {' '.join(words)}: {done.stderr or done.stdout}")
        return done.stdout

    def open_vhost(self, name: str) -> None:
        """As rabbitmqctl does it, by the shell."""
        add = f'rabbit_vhost:add(<<"{name}">>, <<"tests">>)'
        allow = (
            f'rabbit_auth_backend_internal:set_permissions(<<"guest">>, <<"{name}">>, {ALL}, {ALL}, {ALL}, <<"tests">>)'
        )
        self.ctl("eval", f"ok = {add}, ok = {allow}.")

    def delete_vhost(self, name: str) -> None:
        """As rabbitmqctl does it, by the shell."""
        self.ctl("eval", f'rabbit_vhost:delete(<<"{name}">>, <<"tests">>).')

    def close(self) -> None:
        """End node, shell and epmd."""
        if self._shell:
            self._shell.close()
        self._signal(signal.SIGKILL)
        self._epmd.kill()
        self._epmd.wait()

    def _signal(self, which: signal.Signals, wait: bool = True) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, which)
        if wait:
            self._process.wait()
            self._process = None
            eventually(lambda: not self._listening(), limit=10, what="the killed broker still holds its port")

    def _listening(self) -> bool:
        needle = f":{self.port:04X} 00000000:0000 0A"
        return any(needle in line for line in Path("/proc/net/tcp").read_text().splitlines())

    def _prepare(self) -> None:
        """Everything the node reads from its folder."""
        (self.folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\ndisk_free_limit.absolute = 1MB\nlog.file.level = warning\n"
            "vm_memory_high_watermark.absolute = 1500MB\n"
        )
        (self.folder / "plugins").write_text("[].\n")
        cookie = self.folder / ".erlang.cookie"
        if not cookie.exists():
            cookie.write_text(secrets.token_hex(16))
            cookie.chmod(0o400)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self.epmd_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_DIST_PORT": str(self.dist_port),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "no-such.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_PID_FILE": str(self.folder / "node.pid"),
        }


def start_rabbitmq(folder: Path) -> LocalRabbit:
    """A broker that keeps its data in `folder`."""
    if not HOMES:
        raise RuntimeError("no RabbitMQ on this machine: apt-get install rabbitmq-server")
    return LocalRabbit(folder)


def seconds_to_restart(broker: LocalRabbit) -> float:
    """Kill the broker and bring it back; how long that took."""
    begun = time.monotonic()
    broker.kill9()
    broker.start()
    return time.monotonic() - begun
