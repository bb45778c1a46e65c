"""« Modifier identifiant » (G74, G75, AA17, AA18): the account waits, disabled, for the proof of its new address.

The address of somebody else gets the same answer; its owner is told, and nothing changes. One that others merely want
is nobody's: whoever proves it first has it.
"""

from dataclasses import dataclass
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identifier import IDENTIFIER_CHANGE_REFUSED, IDENTIFIER_CHANGE_REQUESTED
from contracts.words.acts import Act
from contracts.words.bank_details import Spoiled
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account
from services.identity.domain.address import fold
from services.identity.domain.contact_before import contact_of
from services.identity.domain.identifier import PER_ACCOUNT, PER_MAILBOX, Change, ensure_none_open
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import Purpose
from services.identity.domain.ports import Sealer
from services.identity.domain.refusals import CurrentPasswordWrong, TooManyAttempts
from services.identity.domain.throttle import Attempt
from services.identity.steps import security
from services.identity.steps.attempts import settle
from services.identity.steps.ending_proofs import end_proofs
from services.identity.steps.ending_sessions import end_sessions
from services.identity.steps.identifier_changes import announce, moved
from services.identity.steps.links import made
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, counters, identifiers, links


@dataclass(frozen=True)
class ChangeIdentifier:
    """The current password was right against `password_hash`; `email` is to be the new address."""

    account_id: UUID
    email: str
    attempt: Attempt
    password_hash: str | None


def change_identifier(command: ChangeIdentifier, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Begin the change, or tell the owner of an address that is taken. CurrentPasswordWrong when the password or the
    account changed meanwhile, ChangeStillOpen, TooManyAttempts."""
    account = accounts.lock(uow.connection, command.account_id)
    stored = accounts.credential_of(uow.connection, command.account_id)
    if not account or not account.may_log_in or not stored or stored.password_hash != command.password_hash:
        raise CurrentPasswordWrong
    ensure_none_open(identifiers.open_of(uow.connection, account.account_id))
    pause = counters.count(uow.connection, "identifier", str(account.account_id), PER_ACCOUNT, uow.now)
    if pause:
        security.note(security.RATE_EXCEEDED, failed=True, account=account.account_id, purpose="identifier")
        raise TooManyAttempts(pause)
    settle(account.email, command.attempt, uow=uow)
    remember(account.account_id, Act.IDENTIFIER_ASKED, uow)  # the same whether that address is taken (AA18)
    if accounts.free(uow.connection, command.email, fold(command.email), uow.now):
        _begin(account, command.email, uow, sealer, lifetimes)
    else:
        _tell_owner(account, command.email, uow)


def _begin(account: Account, email: str, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    activation, undo = made(Purpose.IDENTIFIER, uow, lifetimes), made(Purpose.UNDO, uow, lifetimes)
    asked = (account.account_id, account.email, email, uow.now, activation.until, undo.until)
    change = Change(new_id(), *asked, proved_at=None, contact=contact_of(account))
    digests = {"activation_hash": activation.digest, "undo_hash": undo.digest}
    identifiers.add(uow.connection, change, digests, fold(email))
    disabled = accounts.change(uow.connection, account.account_id, status=Status.DESACTIVE)
    for purpose in (Purpose.RESET, Purpose.CERTIFICATION):
        links.end(uow.connection, purpose, [account.account_id], uow.now)
    end_sessions(account.account_id, uow)
    end_proofs(account.account_id, Spoiled.IDENTIFIER, uow)
    data = {
        **moved(change, account),
        "requested_at": uow.now,
        "expires_at": activation.until,
        "undo_expires_at": undo.until,
        "sealed_activation": sealer.seal({"token": activation.token}),
        "sealed_undo": sealer.seal({"token": undo.token}),
    }
    uow.record(IDENTIFIER_CHANGE_REQUESTED, sequence=1, data=data)
    announce(disabled, uow, act="requested")


def _tell_owner(asker: Account, email: str, uow: UnitOfWork) -> None:
    """A mail to the address somebody already has; over the limit none, so that nobody is flooded by it."""
    security.note(security.USER_UPDATED, failed=True, account=asker.account_id, identifier="taken")
    if not counters.count(uow.connection, "identifier-taken", fold(email), PER_MAILBOX, uow.now):
        data = {"attempt_id": new_id(), "email": email, "attempted_at": uow.now}
        uow.record(IDENTIFIER_CHANGE_REFUSED, sequence=1, data=data)
