"""Following identity's accounts: names and addresses for the lists; another address is told to who delegated (G75)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_READDRESSED
from services.delegation.domain.addresses import same_address
from services.delegation.steps.announce import announce, person, with_administrators
from services.delegation.steps.end_doubles import end_beside, end_left
from services.delegation.storage import accounts, adherents, delegations


def follow(rows: Sequence[Mapping[str, Any]], *, uow: UnitOfWork) -> None:
    """Keep the newest of each account, show it on its delegations, tell their administrators of another address, and
    end what waits for that address where the person has something already (K2). Until the transaction ends nobody else
    follows, or identifies, one of these accounts."""
    ids = {row["account_id"] for row in rows}
    new = accounts.meet(uow.connection, rows)
    before = accounts.held(uow.connection, ids)
    accounts.project(uow.connection, rows)
    after = accounts.held(uow.connection, ids)
    moved = {id: email for id, email in before.items() if same_address(email) != same_address(after[id])}
    if moved:
        _end_left(moved, after, uow)
        _tell_administrators(moved, uow)
    end_beside([id for id in after if id in moved or id in new], uow=uow)


def _end_left(moved: Collection[UUID], after: Mapping[UUID, str], uow: UnitOfWork) -> None:
    """What nobody confirmed was for the address that was asked: who left it leaves that too (K1)."""
    theirs = delegations.current_of(uow.connection, moved, paris_day(uow.now))
    pending = [(one, one.beneficiary.account_id) for one in theirs if one.confirmed_at is None]
    end_left([one for one, account_id in pending if account_id and not one.asked_of(after[account_id])], uow=uow)


def _tell_administrators(moved: Mapping[UUID, str], uow: UnitOfWork) -> None:
    """`moved`: the former address of each account."""
    day = paris_day(uow.now)
    current = delegations.current_of(uow.connection, list(moved), day)
    theirs = [one for one in current if one.confirmed_at]
    concerned = adherents.references(uow.connection, {one.adherent_id for one in theirs})
    for one, administrators in with_administrators(uow, theirs, day):
        account_id = one.beneficiary.account_id
        if account_id and administrators:
            told = {"former_email": moved[account_id], "administrators": [person(admin) for admin in administrators]}
            announce(uow, DELEGATION_READDRESSED, one, concerned[one.adherent_id], **told)
