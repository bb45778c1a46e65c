"""A real PostgreSQL of one's own on a free port, durable unless told otherwise; here Debian's, as a local process."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg
import sqlalchemy as sa

from backbone.testing import recycled
from tests.support.kernel import began
from tests.support.ports import eventually, free_port

HOMES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda home: int(home.parent.name))
USER, PASSWORD = "postgres", "postgres"  # a local server trusts, and asks for no password


class Postgres:
    """What a test asks of a server, wherever it runs."""

    port: int
    kind: str

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of that database."""
        return f"postgresql+psycopg://{USER}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A bare connection, in autocommit."""
        dsn = f"host=127.0.0.1 port={self.port} user={USER} password={PASSWORD}"
        return psycopg.connect(f"{dsn} dbname={database} connect_timeout=2", autocommit=True)

    def create_database(self, name: str = "") -> str:
        """Make an empty database; its SQLAlchemy address."""
        name = name or f"test_{secrets.token_hex(6)}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def lend(self) -> str:
        """As `create_database`, for a test of a service: `take_back` it, and others may have it again."""
        return self.url(recycled.of(sa.make_url(self.url())).lend())

    def take_back(self, url: str) -> None:
        """The database of `url` is not needed any more."""
        recycled.of(sa.make_url(url)).take_back(url.rpartition("/")[2])

    def answers(self) -> bool:
        """Whether a client can log in now."""
        with suppress(psycopg.OperationalError):
            self.connect().close()
            return True
        return False

    def version(self) -> str:
        """Such as 17.6."""
        with self.connect() as connection:
            return str(connection.info.parameter_status("server_version")).split()[0]


def settings(fsync: bool) -> dict[str, str]:
    """How a server of ours is set, wherever it runs."""
    return {
        "fsync": "on" if fsync else "off",
        "max_connections": "200",
        "shared_buffers": "256MB",
        "recovery_init_sync_method": "syncfs",  # after a crash: one call, not one for each file
    }


class LocalPostgres(Postgres):
    """One cluster. As root it runs as the user `postgres`, which the server insists on."""

    kind = "local process"

    def __init__(self, folder: Path, fsync: bool = True):
        self.data = folder / "data"
        self.port = free_port()
        self._output = folder / "output.log"
        folder.mkdir(parents=True, exist_ok=True)
        self._own(folder)
        self._process: subprocess.Popen[bytes] | None = None
        if not self.data.exists():
            self._run("initdb", "-D", str(self.data), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        self._settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **settings(fsync),
        }
        self.start()

    def start(self) -> None:
        """Start the server on its own folder and wait until it answers."""
        words = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(
                [*self._as_owner(), str(HOMES[-1] / "postgres"), "-D", str(self.data), *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                start_new_session=True,
            )
        eventually(self.answers, limit=90, what="PostgreSQL took no connection")

    def kill9(self) -> None:
        """Kill every process of the server at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop_immediate(self) -> None:
        """What `pg_ctl stop -m immediate` does: abort, recover at the next start."""
        self._signal(signal.SIGQUIT)

    def close(self) -> None:
        """End the server."""
        self.stop_immediate()

    def _signal(self, which: signal.Signals) -> None:
        """Signal the postmaster, and its children too (each leads its own session), then wait for the last of them."""
        if self._process is None:
            return
        postmaster = self._process.pid
        family = {pid: began(pid) for pid in (postmaster, *_children(postmaster))}
        for pid in family if which == signal.SIGKILL else (postmaster,):
            with suppress(ProcessLookupError):
                os.kill(pid, which)
        self._process.wait()
        self._process = None
        eventually(lambda: not any(at and began(pid) == at for pid, at in family.items()), what="a backend outlived it")

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [*self._as_owner(), str(HOMES[-1] / program), *words],
            stdin=subprocess.DEVNULL,
            check=True,
            capture_output=True,
            cwd="/",
            timeout=600,
        )

    @staticmethod
    def _as_owner() -> list[str]:
        """The words that make a command run as `postgres` when we are root, without a process in between."""
        if os.geteuid():
            return []
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]

    @staticmethod
    def _own(folder: Path) -> None:
        """Let the server's user in, down the whole path: a pytest folder is closed to others."""
        if os.geteuid():
            return
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for parent in folder.parents:
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o011)

    def destroy(self) -> None:
        """End the server and delete its data."""
        self.close()
        shutil.rmtree(self.data, ignore_errors=True)


def start_postgres(folder: Path, fsync: bool = True) -> LocalPostgres:
    """A server that keeps its data in `folder`."""
    if not HOMES:
        raise RuntimeError("no PostgreSQL on this machine: apt-get install postgresql")
    return LocalPostgres(folder, fsync)


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
