"""Take out of quarantine what has an establishment by now, without waiting for the minute of the job."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.steps.looking_again import release


@dataclass(frozen=True)
class ReplayQuarantine:
    """All of it: what is not known yet goes on waiting."""


def replay_quarantine(_command: ReplayQuarantine, *, uow: UnitOfWork) -> dict[str, int]:
    """How many establishments are known now; their sites are judged again by the job. Twice is harmless."""
    return {"released": release(uow)}
