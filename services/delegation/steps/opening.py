"""What « Déléguer des droits » asks for (G24–G40), read alike when it is counted and when it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.addresses import address, same_address
from services.delegation.domain.authority import ensure_owns_days
from services.delegation.domain.delegation import Delegation, Grant
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.period import Period, period_asked
from services.delegation.domain.refusals import OwnAddressRefused, PastEndRefused
from services.delegation.storage import accounts, delegations


@dataclass(frozen=True)
class OpenDelegation:
    """What steps 1 and 2 ask for, who asks it, and when he last gave his password."""

    actor: UUID | None
    adherent_id: UUID
    authenticated_at: datetime | None
    email: str
    kind: str
    starts_on: date
    ends_on: date | None
    administrator: bool
    colleges: Sequence[str]
    rights: Mapping[str, str]


def asked(command: OpenDelegation, uow: UnitOfWork) -> tuple[Delegation, str, Grant]:
    """Who asks, for which address, for what: read alike by both units."""
    day = paris_day(uow.now)
    actor = delegations.administrator(uow.connection, command.actor, command.adherent_id, day)
    email, period = _who(uow, command.email, actor), _days(command, actor, day)
    scope = scope_asked(command.administrator, command.colleges, command.rights, actor.effective.scope)
    return actor, email, Grant(period, scope)


def _who(uow: UnitOfWork, email: str, actor: Delegation) -> str:
    asked = address(email)
    own = same_address(asked) == same_address(actor.beneficiary.email)
    if own or actor.beneficiary.account_id in accounts.owners(uow.connection, asked):
        raise OwnAddressRefused
    return asked


def _days(command: OpenDelegation, actor: Delegation, day: date) -> Period:
    period = period_asked(command.starts_on, command.ends_on)
    if period.last_day < day:
        raise PastEndRefused
    ensure_owns_days(period, actor.effective)
    return period
