"""A company as it was founded, given back for each story anew: one service, one file."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from backbone.clock import FixedClock
from backbone.testing import ServiceUnderTest
from services.delegation.app import build
from services.delegation.settings import Settings
from tests.service.delegation.world import Company, World

BEGIN = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)


class Ground:
    """One company, as it was founded, for each story anew."""

    def __init__(self, path: Path) -> None:
        self.path, self.clock = path, FixedClock(BEGIN)
        self.under = ServiceUnderTest(
            build, Settings.of(database_url=f"sqlite:///{path}", broker_url="embedded:"), clock=self.clock
        )
        self.world = World(self.under)
        self.company = self.world.company()
        self.under.clear()
        self.under.engine.dispose()
        with closing(sqlite3.connect(path)) as line:
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.kept, self.known = path.read_bytes(), (dict(self.world.accounts), dict(self.world.versions))

    def anew(self) -> Company:
        """The company on its first day."""
        self.under.engine.dispose()
        for beside in ("-wal", "-shm"):
            self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
        self.path.write_bytes(self.kept)
        self.clock.set(BEGIN)
        self.world.accounts, self.world.versions = dict(self.known[0]), dict(self.known[1])
        return self.company
