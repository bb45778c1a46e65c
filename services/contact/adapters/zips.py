"""An archive opened with care (ASVS 5.2.3, 5.2.5, 5.3.3): what it declares is measured before anything is unpacked."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from services.contact.domain.refusals import Objection

MOST_ENTRIES = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
# The directory of 5 000 entries with the longest names of Office takes two thirds of it; more would cost memory.
LONGEST_DIRECTORY = 1024 * 1024
LARGEST_PART = LONGEST_DIRECTORY
LOCAL_HEADER = b"PK\x03\x04"
# The other methods take memory that the archive itself names.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    struct.error,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,
    OverflowError,
)


class NotTaken(Exception):
    """The archive is refused; `objection` says why."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection)
        self.objection = objection


@dataclass
class Budget:
    """What may still be unpacked, by an archive and those inside it together."""

    entries: int = 0
    bytes: int = 0

    def spend(self, entries: list[zipfile.ZipInfo]) -> None:
        """Count the entries of an archive. NotTaken when they are too much."""
        self.entries += len(entries)
        self.bytes += sum(entry.file_size for entry in entries)
        if self.entries > MOST_ENTRIES or self.bytes > MOST_UNPACKED:
            raise NotTaken(Objection.BOUNDLESS)


class Archive:
    """An archive whose parts have plain names. Raises NotTaken, or one of UNREADABLE."""

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._zip = zipfile.ZipFile(_Measured(file))
        entries = [entry for entry in self._zip.infolist() if not _plain(entry).endswith("/")]
        budget.spend(self._zip.infolist())
        for entry in self._zip.infolist():
            _look_at(entry)
        if len({entry.header_offset for entry in self._zip.infolist()}) < len(self._zip.infolist()):
            raise NotTaken(Objection.TYPE)  # two entries of one content: how a small archive unpacks far
        self._parts = {_plain(entry): entry for entry in entries}
        if len(self._parts) < len(entries):
            raise NotTaken(Objection.TYPE)  # two parts of one name: two readers would see two documents

    def names(self) -> list[str]:
        """The names of the parts in small letters, cut by `/` whatever cut them in the archive."""
        return list(self._parts)

    def read(self, name: str) -> bytes | None:
        """A part that is read whole; None when it is not there. NotTaken beyond a megabyte."""
        entry = self._parts.get(name)
        if entry is None:
            return None
        if entry.file_size > LARGEST_PART:
            raise NotTaken(Objection.BOUNDLESS)
        with self._zip.open(entry) as part:
            return part.read(LARGEST_PART)

    def heads(self) -> Iterator[tuple[str, bytes]]:
        """Each part with its first eight bytes."""
        for name, entry in self._parts.items():
            with self._zip.open(entry) as part:
                yield name, part.read(8)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece; never more than it declares."""
        with self._zip.open(self._parts[name]) as part:
            while chunk := part.read(256 * 1024):
                yield chunk


def _plain(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lower()


def _look_at(entry: zipfile.ZipInfo) -> None:
    """NotTaken for what no document has: links, paths out of the archive, encrypted entries, rare methods."""
    name = _plain(entry)
    if entry.flag_bits & 1:
        raise NotTaken(Objection.PROTECTED)
    outside = name.startswith("/") or ".." in name.split("/") or ":" in name.partition("/")[0]
    if outside or stat.S_ISLNK(entry.external_attr >> 16) or entry.compress_type not in METHODS:
        raise NotTaken(Objection.TYPE)


class _Measured:
    """A file that is never read by more than the longest directory at once: zipfile believes what an archive says."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def seekable(self) -> bool:
        """As zipfile asks."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes. NotTaken when that is more than any document needs."""
        if size > LONGEST_DIRECTORY:
            raise NotTaken(Objection.BOUNDLESS)
        return self._file.read(LONGEST_DIRECTORY if size < 0 else size)
