"""What contact needs from outside, each a type of its own; `app.py` gives the real ones."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from services.contact.domain.content import Content


class Incoming(Protocol):
    """A file that was received and not yet kept. `path` is where its bytes are for now."""

    path: Path
    size: int

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""

    def write(self, chunk: bytes) -> None:
        """Add `chunk`. StoreAway when the disk does not take it."""

    def finish(self) -> None:
        """Nothing more comes."""

    def keep(self) -> str:
        """Make it durable; its storage name. StoreAway when the disk is full or away."""

    def discard(self) -> None:
        """Forget it, unless it was kept."""


class Receiving(Protocol):
    """The files of one upload. Leaving it discards those that were not kept."""

    def new(self) -> Incoming:
        """A file to write into."""


class Blobs(Protocol):
    """Where the files are."""

    def receiving(self) -> AbstractContextManager[Receiving]:
        """Receive the files of one upload. StoreAway when the volume cannot be written."""

    def open(self, name: str) -> BinaryIO:
        """A file, to read. FileNotFoundError."""

    def delete(self, names: Iterable[str]) -> int:
        """Delete files; how many there were."""

    def older_than(self, instant: datetime) -> Iterator[str]:
        """Storage names of the kept files last written before `instant`."""

    def drop_unfinished(self, instant: datetime) -> int:
        """Delete what was being received before `instant`; how many."""


class Detect(Protocol):
    """Who says what a file is."""

    def __call__(self, path: Path, /) -> Content:
        """What the file at `path` is, by its content alone."""


class Antivirus(Protocol):
    """Who judges files; not every installation has one."""

    def virus_in(self, content: BinaryIO, /) -> str | None:
        """The virus found, None when there is none. AntivirusAway, NotJudged."""
