"""How a change of identifiant goes on (G75, T5): proved at the new address, undone from the former one, or lapsed.

Whatever comes first under the account's lock decides; the account is active after each of them.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from backbone.shape.aside import Rows, in_batches
from contracts.events.identifier import IDENTIFIER_CHANGE_UNDONE, IDENTIFIER_CHANGED
from services.identity.domain.account import Account, Proof, Status
from services.identity.domain.address import fold
from services.identity.domain.contact_before import contact_before
from services.identity.domain.identifier import Change
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.refusals import LinkDead
from services.identity.steps import security
from services.identity.steps.reset_links import reset_link
from services.identity.steps.welcome import look_again
from services.identity.storage import accounts, codes, counters, identifiers
from services.identity.use_cases.change_identifier import WAKE, announce, moved
from services.identity.use_cases.end_sessions import EndOthers, end_others
from services.identity.use_cases.log_in import login_key


@dataclass(frozen=True)
class UseLink:
    """The token of a link, used by its reader."""

    token: str

    def __repr__(self) -> str:
        return "UseLink(***)"


def prove_identifier(command: UseLink, *, uow: UnitOfWork) -> None:
    """The new address is its owner's: it becomes the identifiant, the account is active, and whoever else wanted that
    address wants it in vain. LinkDead, also when the address became somebody's meanwhile."""
    change, account = _held(identifiers.to_prove(uow.connection, digest(command.token), uow.now), uow)
    new_key = fold(change.new_email)
    nobodys = accounts.free(uow.connection, change.new_email, new_key, uow.now)
    if not nobodys or not identifiers.prove(uow.connection, change, fold(change.old_email), uow.now):
        raise LinkDead
    if identifiers.take(uow.connection, [new_key], uow.now):
        uow.wake(WAKE)
    _activate(change.new_email, account, uow, act="proved", email_certified_at=uow.now)
    accounts.prove(uow.connection, [account.account_id], Proof.MODIFICATION, uow.now)
    data = {**moved(change, account), "changed_at": uow.now, "undo_expires_at": change.undo_expires_at}
    uow.record(IDENTIFIER_CHANGED, sequence=1, data=data)
    look_again(account, uow)


def undo_identifier(command: UseLink, *, uow: UnitOfWork, hasher: Hasher, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """The former address is the identifiant, until the link's time is over and whatever became of the change: open,
    proved, lapsed or taken. LinkDead, also once a later change moved the account: that change's own link undoes it.

    Somebody else knows the password: it is none any more, sessions, links and codes fall with it, and so does a change
    begun since; the contact data are those of before. The mail says so, and brings a link to choose another password.
    Who waited for this address is invited at it.
    """
    change, account = _held(identifiers.to_undo(uow.connection, digest(command.token), uow.now), uow)
    old_key = fold(change.old_email)
    moves = account.email_key != old_key
    if not identifiers.undo(uow.connection, change, uow.now, moves=moves):
        raise LinkDead
    if moves and not accounts.claim(uow.connection, change.old_email, old_key, uow.now):
        raise LinkDead
    end_others(EndOthers(account.account_id), uow=uow)
    codes.end(uow.connection, account.account_id, uow.now)
    nobodys = hasher.hash(new_token())  # the same cost to try it as any other
    former = contact_before(change.contact, account, change.requested_at)
    fallen = {"password_hash": nobodys, "email_certified_at": uow.now, **former}
    _activate(change.old_email, account, uow, act="undone", **fallen)
    accounts.prove(uow.connection, [account.account_id], Proof.ANNULATION, uow.now)
    look_again(account, uow)
    token, until = reset_link(account.account_id, uow, lifetimes)
    link = {"sealed": sealer.seal({"token": token}), "reset_expires_at": until}
    _tell_undone(change, account, "annulation", uow, **link)


def lapse_identifiers(*, units: Callable[[], UnitOfWork]) -> int:
    """Give up the changes whose new address was not proved in time, or became somebody's: a mistyped address loses
    nobody his account. Free the former addresses that can no longer undo. How many changes ended.
    """
    with units() as uow:
        ended = identifiers.settle(uow.connection, uow.now)
        uow.commit()

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Change]:
        return identifiers.lapsed(uow.connection, uow.now, limit, beside)

    def act(changes: Sequence[Change], uow: UnitOfWork) -> int:
        return sum(_lapse(change, uow) for change in changes)

    # One unit for each: it holds one account, so it waits for nobody in a circle.
    return ended + in_batches(Rows("lapse_identifiers", due, act, attrgetter("change_id")), units=units, batch=1)


def _lapse(change: Change, uow: UnitOfWork) -> int:
    """A proof or undoing since it was read stands. Both kinds end with the same words: a mail must not tell that an
    address was invited."""
    account = accounts.lock(uow.connection, change.account_id)
    ended = identifiers.lapse(uow.connection, change, uow.now) or identifiers.given_back(uow.connection, change)
    if account is None or not ended:
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


def _activate(email: str, account: Account, uow: UnitOfWork, *, act: str, **more: Any) -> Account | None:
    """Active, at this address; failed logins there were perhaps of somebody who did not know yet that it waited."""
    values = {"email": email, "email_key": fold(email), "status": Status.ACTIF, **more}
    changed = accounts.change(uow.connection, account.account_id, **values)
    announce(changed, uow, act=act)
    counters.forget(uow.connection, login_key(email))
    return changed


def _tell_undone(change: Change, account: Account, reason: str, uow: UnitOfWork, **link: Any) -> None:
    proved = account.email_key == fold(change.new_email)
    data = {**moved(change, account), "proved": proved, "reason": reason, "undone_at": uow.now, **link}
    uow.record(IDENTIFIER_CHANGE_UNDONE, sequence=1, data=data)
