"""A dead link asks for a new one: the request only notes it; a job, woken by it, answers to those that were ours.

So a link that was ours and one that somebody made up cost the same and answer the same (M2, ASVS 6.3.8).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from backbone.shape.aside import Rows, in_batches
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.domain.renewal import Link
from services.identity.steps.limiting import count_address
from services.identity.storage import renewals
from services.identity.use_cases.invite_again import RenewInvitation, renew_invitation
from services.identity.use_cases.recertify import RenewCertification, renew_certification

WAKE = "renewed_links"


@dataclass(frozen=True)
class AskRenewal:
    """The holder of a dead link, at the client address `address`, asks for a new one."""

    link: Link
    token: str
    address: str

    def __repr__(self) -> str:
        return f"AskRenewal({self.link}, ***)"


def ask_renewal(command: AskRenewal, *, uow: UnitOfWork) -> None:
    """Note it. TooManyAttempts (M6) for one client address that asks without end."""
    count_address("renew-ip", command.address, uow)
    renewals.ask(uow.connection, command.link, digest(command.token), uow.now)
    uow.wake(WAKE)


def answer_renewals(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Answer what was noted, a transaction each: a request holds its own account alone. How many there were."""

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        mine = [row for row in rows if renewals.take(uow.connection, row.request_id)]
        for row in mine:
            _answer(Link(row.link), row.token_hash, uow, sealer, lifetimes)
        return len(mine)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return renewals.asked(uow.connection, limit, beside)

    return in_batches(Rows("answer_renewals", due, act, attrgetter("request_id")), units=units, batch=1)


def _answer(link: Link, token_hash: str, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    if link is Link.INVITATION:
        renew_invitation(RenewInvitation(token_hash), uow=uow, sealer=sealer, lifetimes=lifetimes)
    else:
        renew_certification(RenewCertification(token_hash), uow=uow, sealer=sealer, lifetimes=lifetimes)
