"""Following the delegations of the delegation service: who is awaited, confirmed, refused, closed (G52, T1).

Everything works on many at once (the import of a referential opens thousands), and keeps the newest state of each.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import ACCOUNT_UPDATED
from contracts.words.kinds import Kind
from services.identity.domain.account import Proof
from services.identity.domain.address import fold
from services.identity.domain.invitation import Awaited
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps import security
from services.identity.steps.welcome import reserve, welcome
from services.identity.storage import accounts, delegations
from services.identity.storage.accounts import Reserved


@dataclass(frozen=True)
class Announced:
    """States of delegations as they were announced, each with its order (epoch, sequence)."""

    states: Sequence[tuple[Mapping[str, int], Mapping[str, Any]]]

    @property
    def ids(self) -> list[UUID]:
        """Which delegations."""
        return [state["delegation_id"] for _, state in self.states]

    def of(self, wanted: Callable[[Mapping[str, Any]], bool]) -> "Announced":
        """Those whose state is `wanted`."""
        return Announced([(order, state) for order, state in self.states if wanted(state)])


def expect(command: Announced, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Each is for who has its address (`welcome`). What is known already, or over, changes nothing for anybody."""
    said = [{"delegation_id": state["delegation_id"], **order} for order, state in command.states]
    fresh = delegations.fresh(uow.connection, said)
    states = command.of(lambda state: state["delegation_id"] in fresh).states
    reserved = reserve([state["beneficiary"]["email"] for _, state in states], uow)
    rows = [row_of(*one, owner_of(reserved, one[1]["beneficiary"]), Awaited.PENDING) for one in states]
    delegations.project(uow.connection, rows)
    waiting = delegations.uninvited(uow.connection, fresh)
    welcome(waiting, reserved, uow=uow, sealer=sealer, lifetimes=lifetimes)


def activate(command: Announced, *, uow: UnitOfWork) -> None:
    """The first confirmed delegation makes a completed account active, and counts as a proof of its address (T4)."""
    keep(command, Awaited.CONFIRMED, uow)
    theirs = delegations.confirmed_accounts(uow.connection, command.ids)
    active = accounts.activate(uow.connection, theirs, uow.now)
    accounts.prove(uow.connection, [one.account_id for one in active], Proof.CONFIRMATION, uow.now)
    for account in active:
        uow.record(ACCOUNT_UPDATED, sequence=account.version, data=account.state())
        security.note(security.USER_UPDATED, account=account.account_id, status=account.status)


def keep(command: Announced, where: Awaited, uow: UnitOfWork) -> None:
    """Project the states. The accounts of their beneficiaries are made when new, and held until the end."""
    people = [state["beneficiary"] for _, state in command.states]
    held = accounts.lock_many(uow.connection, {one["account_id"] for one in people} - {None})
    reserved = reserve([one["email"] for one in people if one["account_id"] not in held], uow)
    owners = [one["account_id"] if one["account_id"] in held else owner_of(reserved, one) for one in people]
    rows = [row_of(*announced, owner, where) for announced, owner in zip(command.states, owners, strict=True)]
    delegations.project(uow.connection, rows)


def owner_of(reserved: Reserved, person: Mapping[str, Any]) -> UUID:
    """Who has the address, or left it a moment ago: a delegation is kept with one of them, and may wait for neither."""
    key = fold(person["email"])
    return (reserved.left[key].account if key in reserved.left else reserved.accounts[key]).account_id


def row_of(order: Mapping[str, int], state: Mapping[str, Any], owner: UUID, where: Awaited) -> dict[str, Any]:
    """The row of the projection for one announced state."""
    adherent, who = state["adherent"], state["beneficiary"]
    named = state["kind"] == Kind.FONDATEUR
    same = {name: state[name] for name in ("delegation_id", "parent_id", "kind", *delegations.TERMS)}
    return {
        **same,
        **order,
        "account_id": owner,
        "nom": who["nom"] if named else None,
        "prenom": who["prenom"] if named else None,
        "email": who["email"].strip(),
        "email_key": fold(who["email"]),
        "state": where.value,
        "adherent_id": adherent["adherent_id"],
        "adherent": {**adherent, "adherent_id": str(adherent["adherent_id"])},
    }
