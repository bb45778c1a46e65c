"""The folder of the embedded system: databases, keys, mail. Whatever makes it unusable is said in one sentence."""

import fcntl
import os
import sqlite3
from pathlib import Path
from typing import IO

CHECKED_BYTES = 64 * 1024 * 1024


class Unusable(Exception):
    """The system cannot start here; the message is one sentence that says why and what to do."""


class Folder:
    """`var/`, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Make the folder and hold it. Unusable when it cannot be written or another process holds it."""
        try:
            for part in ("", "secrets", "mailbox", "sms", "files"):
                (self.path / part).mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = (self.path / "lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(f"{self.path} is used by a system that is already running.") from None
        except OSError as error:
            raise Unusable(f"{self.path} cannot be written ({error.strerror}): choose another folder.") from None

    def release(self) -> None:
        """Let another process have it."""
        if self._lock:
            self._lock.close()

    def database_url(self, service: str) -> str:
        """The address of a service's database. Unusable when the file is damaged."""
        file = self.path / f"{service}.db"
        if file.exists():
            _check(file)
        return f"sqlite:///{file}"

    def secret(self, name: str) -> Path:
        """Where a secret is kept."""
        return self.path / "secrets" / name

    def write_secret(self, name: str, content: str) -> None:
        """Keep a secret, readable by its owner alone; in one step, so that a crash leaves none half written."""
        target = self.secret(name)
        draft = target.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)


def _check(file: Path) -> None:
    """Reading the whole of a large file would take too long at each start: then the schema alone is read."""
    question = "PRAGMA quick_check(1)" if file.stat().st_size < CHECKED_BYTES else "SELECT count(*) FROM sqlite_master"
    try:
        connection = sqlite3.connect(file, timeout=30)
        try:
            answer = connection.execute(question).fetchone()[0]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Unusable(
            f"The database {file} is damaged ({error}): restore it, or move it away to start afresh."
        ) from None
    if question.startswith("PRAGMA") and answer != "ok":
        raise Unusable(f"The database {file} is damaged ({answer}): restore it, or move it away to start afresh.")
