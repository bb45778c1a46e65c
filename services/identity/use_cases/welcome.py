"""Whom a pending delegation is for, by its address: invited, identified at once, or nobody yet (G40, T1).

An address that an account merely wants is nobody's: it is invited, and who wanted it does so in vain. One that an
account left and may take back is nobody's either, until that can no longer be: then its mailbox is invited.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from backbone.aside import Rows, in_batches
from backbone.unit_of_work import UnitOfWork
from services.identity.domain.address import fold
from services.identity.domain.invitation import WaitsFor
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage import accounts, delegations, identifiers
from services.identity.storage.accounts import Reserved
from services.identity.use_cases.change_identifier import WAKE
from services.identity.use_cases.identify import identify
from services.identity.use_cases.invite import issue
from services.identity.use_cases.ports import Sealer
from services.identity.use_cases.standing import Stand, tell

BATCH = 200


def reserve(addresses: Sequence[str], uow: UnitOfWork) -> Reserved:
    """Whose these addresses are, made somebody's when they were nobody's: whoever only wanted one is told it lapsed."""
    written = {fold(email): email.strip() for email in addresses}
    reserved = accounts.reserve(uow.connection, written, uow.now)
    if identifiers.take(uow.connection, reserved.accounts, uow.now):
        uow.wake(WAKE)
    return reserved


def welcome(rows: Sequence[Any], reserved: Reserved, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Who never completed his account gets a link, who did is identified at once (T1), an address left waits."""
    held = {account.account_id: account for account in reserved.accounts.values()}
    for account_id in sorted({row.account_id for row in rows if _known(row, reserved)}):
        identify(held[account_id], already_known=True, uow=uow)
    unknown = [row for row in rows if row.account_id in held and not held[row.account_id].known]
    issue(unknown, held, uow=uow, sealer=sealer, lifetimes=lifetimes)
    waiting = [(row, reserved.left[row.email_key]) for row in rows if row.email_key in reserved.left]
    retained = WaitsFor.ADRESSE_RETENUE
    tell([Stand(row, None, left.until, retained) for row, left in waiting], uow=uow)


def invite_waiting(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Make the links whose time has come: a limit's window opened, an address is free again; how many were due."""

    def act(ids: Sequence[UUID], uow: UnitOfWork) -> int:
        _welcome_due(ids, uow, sealer, lifetimes)
        return len(ids)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[UUID]:
        return delegations.due(uow.connection, uow.now, limit, beside)

    return in_batches(Rows("invite_waiting", due, act, lambda id: id), units=units, batch=BATCH)


def _welcome_due(ids: Sequence[UUID], uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    reserved = reserve([row.email for row in delegations.pending(uow.connection, ids)], uow)
    owners = {key: account.account_id for key, account in reserved.accounts.items()}
    delegations.give(uow.connection, ids, owners)
    welcome(delegations.still_due(uow.connection, ids, uow.now), reserved, uow=uow, sealer=sealer, lifetimes=lifetimes)


def _known(row: Any, reserved: Reserved) -> bool:
    account = reserved.accounts.get(row.email_key)
    return account is not None and account.known
