"""How a change of identifiant goes on (G75, T5): proved at the new address, undone from the former one, or lapsed.

Whatever comes first under the account's lock decides; the account is active after each of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backbone.secrets import digest
from backbone.unit_of_work import UnitOfWork
from contracts.identifier import IDENTIFIER_CHANGE_UNDONE, IDENTIFIER_CHANGED
from services.identity.domain.account import Account, Proof, Status
from services.identity.domain.address import fold
from services.identity.domain.identifier import Change, Ended
from services.identity.domain.refusals import LinkDead
from services.identity.storage import accounts, counters, identifiers, resets
from services.identity.use_cases import security
from services.identity.use_cases.change_identifier import announce, moved
from services.identity.use_cases.end_sessions import EndOthers, end_others
from services.identity.use_cases.log_in import login_key


@dataclass(frozen=True)
class UseLink:
    """The token of a link, used by its reader."""

    token: str

    def __repr__(self) -> str:
        return "UseLink(***)"


def prove_identifier(command: UseLink, *, uow: UnitOfWork) -> None:
    """The new address is its owner's: it becomes the identifiant and the account is active. LinkDead."""
    change, account = _held(identifiers.to_prove(uow.connection, digest(command.token), uow.now), uow)
    if not identifiers.prove(uow.connection, change, fold(change.old_email), uow.now):
        raise LinkDead
    _activate(change.new_email, account, uow, act="proved", email_certified_at=uow.now)
    accounts.prove(uow.connection, [account.account_id], Proof.MODIFICATION, uow.now)
    data = {**moved(change, account), "changed_at": uow.now, "undo_expires_at": change.undo_expires_at}
    uow.record(IDENTIFIER_CHANGED, sequence=1, data=data)


def undo_identifier(command: UseLink, *, uow: UnitOfWork) -> None:
    """The former address is the identifiant, whether or not the new one was proved; every session ends. LinkDead."""
    change, account = _held(identifiers.to_undo(uow.connection, digest(command.token), uow.now), uow)
    if not identifiers.end(uow.connection, change, Ended.UNDONE, uow.now):
        raise LinkDead
    end_others(EndOthers(account.account_id), uow=uow)
    resets.end(uow.connection, [account.account_id], uow.now)
    _activate(change.old_email, account, uow, act="undone", email_certified_at=uow.now)
    accounts.prove(uow.connection, [account.account_id], Proof.ANNULATION, uow.now)
    _tell_undone(change, account, "annulation", uow)


def lapse_identifiers(*, units: Callable[[], UnitOfWork]) -> int:
    """Give up the changes whose new address was not proved in time: a mistyped address loses nobody his account. Free
    the former addresses that can no longer undo. How many changes ended.
    """
    with units() as uow:
        ended = identifiers.settle(uow.connection, uow.now)
        due = identifiers.lapsed(uow.connection, uow.now)
        uow.commit()
    for change in due:
        with units() as uow:
            ended += _lapse(change, uow)
            uow.commit()
    return ended


def _lapse(change: Change, uow: UnitOfWork) -> int:
    """One unit for each: it holds one account, so it waits for nobody in a circle."""
    account = accounts.lock(uow.connection, change.account_id)
    if account is None or not identifiers.end(uow.connection, change, Ended.LAPSED, uow.now):
        return 0
    _activate(change.old_email, account, uow, act="lapsed")
    _tell_undone(change, account, "echeance", uow)
    return 1


def _held(change: Change | None, uow: UnitOfWork) -> tuple[Change, Account]:
    """The change of a live link and its account, held; what came meanwhile is seen by the UPDATE that follows."""
    account = accounts.lock(uow.connection, change.account_id) if change else None
    if change is None or account is None:
        security.note(security.TOKEN_REUSE, failed=True, purpose="identifier")
        raise LinkDead
    return change, account


def _activate(email: str, account: Account, uow: UnitOfWork, *, act: str, **more: Any) -> None:
    """Active, at this address; failed logins there were perhaps of somebody who did not know yet that it waited."""
    values = {"email": email, "email_key": fold(email), "status": Status.ACTIF, **more}
    announce(accounts.change(uow.connection, account.account_id, **values), uow, act=act)
    counters.forget(uow.connection, login_key(email))


def _tell_undone(change: Change, account: Account, reason: str, uow: UnitOfWork) -> None:
    proved = account.email_key == fold(change.new_email)
    data = {**moved(change, account), "proved": proved, "reason": reason, "undone_at": uow.now}
    uow.record(IDENTIFIER_CHANGE_UNDONE, sequence=1, data=data)
