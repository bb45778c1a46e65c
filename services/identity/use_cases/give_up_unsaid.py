"""What delegation did not say again after a restore is over (docs/decisions/0028)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.invitation import Ended
from services.identity.storage import delegations, invitations


def give_up_unsaid(epoch: int, *, uow: UnitOfWork) -> None:
    """What was not said in `epoch` is over: its links are dead."""
    invitations.end(uow.connection, delegations.end_unsaid(uow.connection, epoch), Ended.CLOSED, uow.now)
