"""Proving the address that an account wants (G75, T5): it becomes the identifiant."""

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.events.identifier import IDENTIFIER_CHANGED
from contracts.words.acts import Act
from services.identity.domain.account import Proof
from services.identity.domain.address import fold
from services.identity.domain.link import UseLink
from services.identity.domain.refusals import LinkDead
from services.identity.steps.identifier_changes import WAKE, activate, held, moved
from services.identity.steps.remembering import remember
from services.identity.steps.welcome import look_again
from services.identity.storage import accounts, identifiers


def prove_identifier(command: UseLink, *, uow: UnitOfWork) -> None:
    """The new address is its owner's: it becomes the identifiant, the account is active, and whoever else wanted that
    address wants it in vain. LinkDead, also when the address became somebody's meanwhile."""
    change, account = held(identifiers.to_prove(uow.connection, digest(command.token), uow.now), uow)
    new_key = fold(change.new_email)
    nobodys = accounts.free(uow.connection, change.new_email, new_key, uow.now)
    if not nobodys or not identifiers.prove(uow.connection, change, fold(change.old_email), uow.now):
        raise LinkDead
    if identifiers.take(uow.connection, [new_key], uow.now):
        uow.wake(WAKE)
    activate(change.new_email, account, uow, act="proved", email_certified_at=uow.now)
    accounts.prove(uow.connection, [account.account_id], Proof.MODIFICATION, uow.now)
    remember(account.account_id, Act.IDENTIFIER_CHANGED, uow)
    data = {**moved(change, account), "changed_at": uow.now, "undo_expires_at": change.undo_expires_at}
    uow.record(IDENTIFIER_CHANGED, sequence=1, data=data)
    look_again(account, uow)
