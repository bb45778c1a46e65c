"""Remove the drafts that nobody came back to."""

from collections.abc import Callable

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.contact.domain.ports import Blobs
from services.contact.domain.rules import Rules
from services.contact.storage.drafts import take_expired
from services.contact.storage.ended_drafts import forget_ended

CHUNK = 100


def purge_drafts(*, units: Callable[[], UnitOfWork], clock: Clock, blobs: Blobs, rules: Rules) -> int:
    """Forget what expired, then delete the files; how many drafts. That one ended is forgotten after as long.

    Forgotten first, deleted after the commit: a crash in between leaves orphans, which the sweep removes.
    """
    removed = 0
    before = rules.draft.forgotten(clock.now())
    while True:
        with units() as uow:
            found, names = take_expired(uow.connection, clock.now(), CHUNK)
            ended = forget_ended(uow.connection, before, CHUNK)
            uow.commit()
        blobs.delete(names)
        removed += found
        if max(found, ended) < CHUNK:
            return removed
