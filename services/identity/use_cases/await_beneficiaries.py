"""Delegations were opened: whoever each is for is awaited, and invited (G40, T1)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.invitation import Awaited
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.following import Announced, owner_of, row_of
from services.identity.steps.welcome import reserve, welcome
from services.identity.storage import delegations


def await_beneficiaries(command: Announced, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Each is for who has its address (`welcome`). What is known already, or over, changes nothing for anybody."""
    said = [{"delegation_id": state["delegation_id"], **order} for order, state in command.states]
    fresh = delegations.fresh(uow.connection, said)
    states = command.of(lambda state: state["delegation_id"] in fresh).states
    reserved = reserve([state["beneficiary"]["email"] for _, state in states], uow)
    rows = [row_of(*one, owner_of(reserved, one[1]["beneficiary"]), Awaited.PENDING) for one in states]
    delegations.project(uow.connection, rows)
    waiting = delegations.uninvited(uow.connection, fresh)
    welcome(waiting, reserved, uow=uow, sealer=sealer, lifetimes=lifetimes)
