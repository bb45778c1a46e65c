"""Delegations were closed or refused: nobody is awaited any more."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.invitation import Awaited, Ended
from services.identity.steps.following import Announced, keep
from services.identity.storage import delegations, invitations


def give_up(command: Announced, *, uow: UnitOfWork) -> None:
    """Closed or refused: its links are dead, unless delegation said since that it is not (docs/decisions/0028)."""
    keep(command, Awaited.OVER, uow)
    invitations.end(uow.connection, delegations.over(uow.connection, command.ids), Ended.CLOSED, uow.now)
