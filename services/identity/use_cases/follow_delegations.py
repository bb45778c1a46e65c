"""Following the delegations of the delegation service: who is awaited, confirmed, refused, closed (G52, T1).

Everything works on many at once (the import of a referential opens thousands), and keeps the newest state of each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.unit_of_work import UnitOfWork
from contracts.identity import ACCOUNT_UPDATED
from services.identity.domain.account import Account, Proof
from services.identity.domain.address import fold
from services.identity.domain.invitation import Awaited, Ended
from services.identity.domain.lifetimes import Lifetimes
from services.identity.storage import accounts, delegations, invitations
from services.identity.use_cases import security
from services.identity.use_cases.identify import identify
from services.identity.use_cases.invite import issue
from services.identity.use_cases.ports import Sealer


@dataclass(frozen=True)
class Announced:
    """States of delegations as they were announced, each with its sequence."""

    states: Sequence[tuple[int, Mapping[str, Any]]]

    @property
    def ids(self) -> list[UUID]:
        """Which delegations."""
        return [state["delegation_id"] for _, state in self.states]


def await_beneficiaries(command: Announced, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Each address has an account; who never completed it gets a link, who did is identified at once (T1)."""
    held = _keep(command, Awaited.PENDING, uow)
    waiting = delegations.uninvited(uow.connection, command.ids)
    for account_id in sorted({row.account_id for row in waiting if held[row.account_id].known}):
        identify(held[account_id], already_known=True, uow=uow)
    unknown = [row for row in waiting if not held[row.account_id].known]
    issue(unknown, held, uow=uow, sealer=sealer, lifetimes=lifetimes)


def activate_accounts(command: Announced, *, uow: UnitOfWork) -> None:
    """The first confirmed delegation makes a completed account active, and counts as a proof of its address (T4)."""
    _keep(command, Awaited.CONFIRMED, uow)
    theirs = delegations.confirmed_accounts(uow.connection, command.ids)
    active = accounts.activate(uow.connection, theirs, uow.now)
    accounts.prove(uow.connection, [one.account_id for one in active], Proof.CONFIRMATION, uow.now)
    for account in active:
        uow.record(ACCOUNT_UPDATED, sequence=account.version, data=account.state())
        security.note(security.USER_UPDATED, account=account.account_id, status=account.status)


def give_up(command: Announced, *, uow: UnitOfWork) -> None:
    """Closed or refused: its links are dead."""
    _keep(command, Awaited.OVER, uow)
    invitations.end(uow.connection, command.ids, Ended.CLOSED, uow.now)


def _keep(command: Announced, where: Awaited, uow: UnitOfWork) -> dict[UUID, Account]:
    """Project the states. The accounts of their beneficiaries, made when new and held until the end."""
    people = [state["beneficiary"] for _, state in command.states]
    held = accounts.lock_many(uow.connection, {one["account_id"] for one in people} - {None})
    addresses = {fold(one["email"]): one["email"].strip() for one in people if one["account_id"] not in held}
    reserved = accounts.reserve(uow.connection, addresses, uow.now)
    owners = [one["account_id"] if one["account_id"] in held else _reserved(reserved, one) for one in people]
    rows = [_row(*announced, owner, where) for announced, owner in zip(command.states, owners, strict=True)]
    delegations.project(uow.connection, rows)
    return held | {account.account_id: account for account in reserved.values()}


def _reserved(reserved: Mapping[str, Account], person: Mapping[str, Any]) -> UUID:
    return reserved[fold(person["email"])].account_id


def _row(sequence: int, state: Mapping[str, Any], owner: UUID, where: Awaited) -> dict[str, Any]:
    adherent = state["adherent"]
    same = {name: state[name] for name in ("delegation_id", "kind", "starts_on", "ends_on", "administrator")}
    return {
        **same,
        "sequence": sequence,
        "account_id": owner,
        "state": where.value,
        "adherent_id": adherent["adherent_id"],
        "adherent": {**adherent, "adherent_id": str(adherent["adherent_id"])},
    }
