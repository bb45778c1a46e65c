"""What was counted as refused was granted, or refused for something else (M6, K10)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.pacing import Forgive
from services.delegation.storage import newcomers


def forgive(command: Forgive, *, uow: UnitOfWork) -> None:
    """It was granted, or refused for something else."""
    pace = newcomers.held(uow.connection, command.actor).forgiven(command.at)
    newcomers.keep(uow.connection, command.actor, pace)
