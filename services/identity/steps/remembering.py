"""What was done with an account, or was refused, kept for its owner: in the transaction that did it."""

from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.steps.whereabouts import where
from services.identity.storage import activity


def remember(account_id: UUID, act: Act, uow: UnitOfWork) -> None:
    """Its owner finds it in « Activité du compte »."""
    activity.add(uow.connection, [(account_id, act, where(), uow.now)])
