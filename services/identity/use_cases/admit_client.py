"""A request of a machine client, counted (C6)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.machine import AskToken
from services.identity.steps.limiting import count_address


def admit_client(command: AskToken, *, uow: UnitOfWork) -> None:
    """Count one more request of this address. TooManyAttempts."""
    count_address("token-ip", command.address, uow)
