"""Delegations were opened: whoever each is for is awaited, and invited (G40, T1)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps.following import Announced, expect


def await_beneficiaries(command: Announced, *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """Each is for who has its address (`welcome`). What is known already, or over, changes nothing for anybody."""
    expect(command, uow=uow, sealer=sealer, lifetimes=lifetimes)
