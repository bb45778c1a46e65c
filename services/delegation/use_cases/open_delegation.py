"""« Déléguer des droits » (G24–G40): an administrator delegates part of what he has to an address.

In two units: that he asks is counted and committed (`admit_opening`), then it is judged and done (`open_delegation`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_OPENED
from services.delegation.domain.addresses import address, same_address
from services.delegation.domain.authority import ensure_owns_days, may_see
from services.delegation.domain.delegation import Beneficiary, Delegation, Grant
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.period import Period, period_asked
from services.delegation.domain.refusals import (
    AddressNotAvailableRefused,
    AlreadyDelegatedRefused,
    OwnAddressRefused,
    PastEndRefused,
)
from services.delegation.domain.roles import Kind
from services.delegation.domain.status import Facts
from services.delegation.settings import Settings
from services.delegation.steps.announce import announce, person
from services.delegation.steps.deciding import ensure_proven
from services.delegation.steps.pacing import Forgive, count_asking
from services.delegation.storage import accounts, adherents, delegations
from services.delegation.storage.journal import Author


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


def admit_opening(command: OpenDelegation, *, uow: UnitOfWork, settings: Settings) -> Forgive | None:
    """Count that it is asked (`count_asking`). Raises what is wrong whoever has the address, uncounted, and M6."""
    actor, email, _ = _asked(command, uow)
    return count_asking(uow, actor, email, settings)


def open_delegation(command: OpenDelegation, *, uow: UnitOfWork) -> dict[str, Any]:
    """Open it, once admitted, and announce it. The id; raises AA26, AA27, AA29, AA31, AA32, C8 and the clash of two."""
    delegations.lock(uow.connection, [command.adherent_id])
    day = paris_day(uow.now)
    actor, email, grant = _asked(command, uow)
    ensure_no_clash(uow, actor, Beneficiary(email), grant.period)
    ensure_proven(uow, command.authenticated_at, grant)
    delegation = Delegation(
        id=new_id(),
        adherent_id=command.adherent_id,
        # What the firm delegates stays the firm's, and is bounded by the firm's own delegation (C10).
        kind=Kind.CABINET if actor.of_the_firm else Kind(command.kind),
        parent_id=actor.id if actor.of_the_firm else None,
        grantor_id=actor.id,
        beneficiary=Beneficiary(email),
        granted=grant,
        effective=grant.meet(actor.effective) if actor.of_the_firm else grant,
        opened_at=uow.now,
        facts=Facts(day),
    )
    delegations.add(uow.connection, [delegation], author=Author.of(actor), at=uow.now)
    adherent = adherents.reference(uow.connection, command.adherent_id)
    announce(uow, DELEGATION_OPENED, delegation, adherent, opened_by=person(actor))
    return {"delegation_id": str(delegation.id)}


def ensure_no_clash(
    uow: UnitOfWork,
    actor: Delegation,
    who: Beneficiary,
    period: Period,
    *,
    beside: UUID | None = None,
    said: str = "cette adresse",
) -> None:
    """One live delegation for an adhérent and a person on any day (K2). The refusal says which days clash if the actor
    may see what they clash with; else it is the same for all that he may not see (K10).
    `said`: the address, in words."""
    people = {*accounts.owners(uow.connection, who.email), *([who.account_id] if who.account_id else [])}
    found = delegations.clashing(uow.connection, actor.adherent_id, who.email, people, period, beside=beside)
    seen = [one for one in found if may_see(actor, one, delegations.ancestors(uow.connection, one))]
    if seen:
        days = seen[0].effective.period.as_french()
        raise AlreadyDelegatedRefused(f"Une délégation existe déjà pour {said} {days}.")
    if found:
        raise AddressNotAvailableRefused(
            f"{said[0].upper()}{said[1:]} ne peut pas recevoir cette délégation. Rapprochez-vous de l'entreprise."
        )


def _asked(command: OpenDelegation, uow: UnitOfWork) -> tuple[Delegation, str, Grant]:
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
