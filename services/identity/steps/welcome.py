"""Whom a pending delegation is for, by its address: invited, or nobody yet (G40, T1).

An address that an account merely wants is nobody's: it is invited, and who wanted it does so in vain. One that an
account left and may take back is nobody's either, until that can no longer be: then its mailbox is invited.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.kinds import Kind
from contracts.words.statuses import WaitsFor
from services.identity.domain.account import Account
from services.identity.domain.address import fold
from services.identity.domain.invitation import Ended
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.identifier_changes import WAKE
from services.identity.steps.identify import identify
from services.identity.steps.invite import issue
from services.identity.steps.standing import Stand, tell
from services.identity.storage import accounts, delegations, identifiers, invitations
from services.identity.storage.accounts import Reserved

DUE = "invitations_due"


def reserve(addresses: Sequence[str], uow: UnitOfWork) -> Reserved:
    """Whose these addresses are, made somebody's when they were nobody's: whoever only wanted one is told it lapsed."""
    written = {fold(email): email.strip() for email in addresses}
    reserved = accounts.reserve(uow.connection, written, uow.now)
    if identifiers.take(uow.connection, reserved.accounts, uow.now):
        uow.wake(WAKE)
    return reserved


def hold(delegation_ids: Sequence[UUID], uow: UnitOfWork) -> Reserved:
    """Whose the addresses of these pending delegations are now; each is given to who has its address."""
    reserved = reserve([row.email for row in delegations.pending(uow.connection, delegation_ids)], uow)
    owners = {key: account.account_id for key, account in reserved.accounts.items()}
    delegations.give(uow.connection, delegation_ids, owners)
    return reserved


def welcome(rows: Sequence[Any], reserved: Reserved, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Everybody gets a link, with an account or without: whoever delegated cannot tell (K14). A founder whom the caisse
    named and who has an account is in at once (T1). What was sent to an address that was left waits, without a link."""
    held = {account.account_id: account for account in reserved.accounts.values()}
    here = [row for row in rows if row.email_key in reserved.accounts]
    known = [row for row in here if held[row.account_id].known]
    founders = {row.delegation_id: row.account_id for row in known if row.kind == Kind.FONDATEUR}
    for account_id in sorted(set(founders.values())):
        identify(held[account_id], already_known=True, uow=uow, only=founders)
    invited = [row for row in here if row.delegation_id not in founders]
    issue(invited, held, uow=uow, sealer=sealer, lifetimes=lifetimes)
    waiting = [(row, reserved.left[row.email_key]) for row in rows if row.email_key in reserved.left]
    invitations.end(uow.connection, [row.delegation_id for row, _ in waiting], Ended.SUPERSEDED, uow.now)
    retained = WaitsFor.ADRESSE_RETENUE
    tell([Stand(row, None, left.until, retained) for row, left in waiting], uow=uow)


def welcome_again(delegation_ids: Sequence[UUID], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """A new link for each that still waits, whoever has its address by now. One that is not here yet gets its first
    link when it arrives."""
    reserved = hold(delegation_ids, uow)
    # Read again once the accounts are held: a link may have been made meanwhile, or the account completed.
    rows = delegations.pending(uow.connection, delegation_ids)
    welcome(rows, reserved, uow=uow, sealer=sealer, lifetimes=lifetimes)


def look_again(account: Account, uow: UnitOfWork) -> None:
    """The account has another address: what waits for it elsewhere, or waited for it here, is given anew by the job to
    who has its address. The account is held; the job holds others, one batch at a time."""
    if delegations.make_due(uow.connection, account.account_id, uow.now):
        uow.wake(DUE)
