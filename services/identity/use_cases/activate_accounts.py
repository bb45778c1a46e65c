"""Delegations were confirmed: the completed accounts of their people are active (G52)."""

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import ACCOUNT_UPDATED
from services.identity.domain.account import Proof
from services.identity.domain.invitation import Awaited
from services.identity.steps import security
from services.identity.steps.following import Announced, keep
from services.identity.storage import accounts, delegations


def activate_accounts(command: Announced, *, uow: UnitOfWork) -> None:
    """The first confirmed delegation makes a completed account active, and counts as a proof of its address (T4)."""
    keep(command, Awaited.CONFIRMED, uow)
    theirs = delegations.confirmed_accounts(uow.connection, command.ids)
    active = accounts.activate(uow.connection, theirs, uow.now)
    accounts.prove(uow.connection, [one.account_id for one in active], Proof.CONFIRMATION, uow.now)
    for account in active:
        uow.record(ACCOUNT_UPDATED, sequence=account.version, data=account.state())
        security.note(security.USER_UPDATED, account=account.account_id, status=account.status)
