"""A clock that several processes share and somebody sets: the instant in a file, and the seconds since then."""

from datetime import datetime, timedelta
from pathlib import Path

from backbone.clock import SystemClock


class LivedClock:
    """Tells the time that the file says, which goes on."""

    def __init__(self, file: Path) -> None:
        self._file, self._machine = file, SystemClock()

    def set(self, instant: datetime) -> None:
        """Let it be `instant` now, everywhere."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{instant.isoformat()} {self._machine.now().isoformat()}")
        new.replace(self._file)

    def now(self) -> datetime:
        """The instant."""
        said, written = map(datetime.fromisoformat, self._file.read_text().split())
        return said + max(self._machine.now() - written, timedelta())
