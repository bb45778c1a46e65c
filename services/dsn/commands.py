"""The operator's way in, beside the API: the quarantine listed, and judged at once (docs/operations.md)."""

from collections.abc import Callable, Iterator
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.queries.quarantine import quarantine
from services.dsn.use_cases.replay_quarantine import ReplayQuarantine, replay_quarantine

PAGE = 500


def listed(*, units: Callable[[], UnitOfWork]) -> Iterator[dict[str, Any]]:
    """Every declaration whose establishment is not known, the one that has waited longest first."""
    page, total = 1, 1
    while (page - 1) * PAGE < total:
        with units() as uow:
            items, total = quarantine(uow.connection, siret=None, page=page, page_size=PAGE)
        yield from items
        page += 1


def replayed(*, units: Callable[[], UnitOfWork]) -> Iterator[dict[str, Any]]:
    """Those whose establishment is known by now leave it: of how many establishments. Twice is harmless."""
    with units() as uow:
        done = replay_quarantine(ReplayQuarantine(), uow=uow)
        uow.commit()
    yield done


COMMANDS = {"quarantine list": listed, "quarantine replay": replayed}
