"""Each day the whole journal is verified; what is found is kept, and an alert tells of it."""

import logging
from collections.abc import Callable

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.storage import seals
from services.delegation.storage.verifying import spelled, verify

security = logging.getLogger("security")
TOLD = 20  # faults that the log names; the command names all


def verify_journal(*, units: Callable[[], UnitOfWork]) -> int:
    """Verify all of it; how many lines. Nothing before what was written before there were seals has them.

    The hash of all ends goes to the log, which is kept elsewhere: who writes the journal and its seals anew does not
    write that one.
    """
    with units() as uow:
        if seals.last_check(uow.connection) is None and seals.left(uow.connection, uow.now):
            return 0
        verdict, lines = verify(uow.connection, uow.now), seals.count(uow.connection)
        ends = seals.ends_hash(uow.connection, uow.now)
        seals.note_check(uow.connection, uow.now, lines=lines, faults=len(verdict.faults), ends=ends)
        uow.commit()
    security.info("journal_verified", extra={"lines": lines, "ends": spelled(ends), "faults": len(verdict.faults)})
    for fault in verdict.faults[:TOLD]:
        security.error("journal_broken", extra={"fault": fault})
    return lines
