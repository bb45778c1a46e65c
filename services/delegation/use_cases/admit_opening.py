"""That a delegation is asked for, counted before it is judged (M6, K10)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.settings import Settings
from services.delegation.steps.opening import OpenDelegation, asked
from services.delegation.steps.pacing import Forgive, count_asking


def admit_opening(command: OpenDelegation, *, uow: UnitOfWork, settings: Settings) -> Forgive | None:
    """Count that it is asked (`count_asking`). Raises what is wrong whoever has the address, uncounted, and M6."""
    actor, email, _ = asked(command, uow)
    return count_asking(uow, actor, email, settings)
