"""Files on a local volume, under names of our own: written aside, made durable, then moved in one step (FA19–FA21).

`incoming/` holds what is being received; the rest is kept files, spread over folders by the end of their names.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from backbone.errors import StoreAway
from backbone.ids import new_id


@contextmanager
def _away() -> Iterator[None]:
    """A disk that is full, broken or gone is said as such (M15): it is not the request's fault."""
    try:
        yield
    except OSError as error:
        raise StoreAway(headers={"Retry-After": "60"}) from error


class IncomingFile:
    """A file that is being received."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._name = new_id().hex
        self._hash = hashlib.sha256()
        self.size = 0
        self.path = root / "incoming" / self._name
        with _away():
            self._file = self.path.open("xb")

    @property
    def sha256(self) -> str:
        """The digest of what was written."""
        return self._hash.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Add `chunk`. StoreAway when the disk does not take it."""
        with _away():
            self._file.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)

    def finish(self) -> None:
        """Nothing more comes: the bytes are in the file, for who looks at its content."""
        with _away():
            self._file.flush()

    def keep(self) -> str:
        """Make it durable under its name, which is returned."""
        target = _place(self._root, self._name)
        with _away():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            target.parent.mkdir(exist_ok=True)
            self.path.replace(target)
            _sync_folder(target.parent)
        return self._name

    def discard(self) -> None:
        """Forget it, unless it was kept."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


class Receiving:
    """The files of one upload. Leaving it discards those that were not kept."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: list[IncomingFile] = []

    def new(self) -> IncomingFile:
        """A file to write into."""
        self._files.append(IncomingFile(self._root))
        return self._files[-1]

    def discard(self) -> None:
        """Forget all that was not kept."""
        for file in self._files:
            file.discard()


class LocalBlobs:
    """The store."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def receiving(self) -> Iterator[Receiving]:
        """Receive the files of one upload. StoreAway when the volume cannot be written."""
        with _away():
            (self._root / "incoming").mkdir(parents=True, exist_ok=True)
        receiving = Receiving(self._root)
        try:
            yield receiving
        finally:
            receiving.discard()

    def open(self, name: str) -> BinaryIO:
        """A kept file, to read. FileNotFoundError when it is not there."""
        return _place(self._root, name).open("rb")

    def delete(self, names: Iterable[str]) -> int:
        """Delete kept files; how many there were."""
        removed = 0
        for name in names:
            with suppress(FileNotFoundError):
                _place(self._root, name).unlink()
                removed += 1
        return removed

    def older_than(self, instant: datetime) -> Iterator[str]:
        """Names of the kept files last written before `instant`."""
        for folder in self._root.glob("[0-9a-f][0-9a-f]"):
            yield from (file.name for file in _older(folder, instant))

    def drop_unfinished(self, instant: datetime) -> int:
        """Delete what was being received before `instant`; how many."""
        old = list(_older(self._root / "incoming", instant))
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)


def _place(root: Path, name: str) -> Path:
    """Where the file `name` is. Only names we made are names: anything else is not there."""
    try:
        made = UUID(hex=name).hex
    except ValueError:
        raise FileNotFoundError(name) from None
    return root / made[-2:] / made


def _older(folder: Path, instant: datetime) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < instant.timestamp():
                yield file


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
