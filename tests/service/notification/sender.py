"""A sender as a process of its own, to be killed: `python -m tests.service.notification.sender SETTINGS SHIFT`.

SHIFT seconds are added to the clock, so that the lease of a dead sender runs out at once.
"""

import json
import sys
import time
from datetime import UTC, datetime, timedelta

from services.notification.app import build
from services.notification.jobs import send_emails
from services.notification.settings import Settings
from services.notification.storage.tables import delivery
from services.notification.use_cases.send_deliveries import EmailPost


class ShiftedClock:
    """The machine's clock, later."""

    def __init__(self, shift: float) -> None:
        self._shift = timedelta(seconds=shift)

    def now(self) -> datetime:
        """The instant."""
        return datetime.now(UTC) + self._shift


def main() -> None:
    """Send until nothing waits."""
    service = build(Settings.of(**json.loads(sys.argv[1])), clock=ShiftedClock(float(sys.argv[2])))
    while True:
        send_emails(units=service.unit, clock=service.clock, post=service.port(EmailPost))
        with service.unit() as uow:
            if not uow.connection.execute(delivery.select().where(delivery.c.finished_at.is_(None))).first():
                return
        time.sleep(0.05)


if __name__ == "__main__":
    main()
