"""Delegations were confirmed: the completed accounts of their people are active (G52)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.steps.following import Announced, activate


def activate_accounts(command: Announced, *, uow: UnitOfWork) -> None:
    """The first confirmed delegation makes a completed account active, and counts as a proof of its address (T4)."""
    activate(command, uow=uow)
