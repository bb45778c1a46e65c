"""Modification (G19): other days, other rights, on a delegation already confirmed (T7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_CHANGED
from services.delegation.domain.authority import ensure_not_own, ensure_owns_days
from services.delegation.domain.delegation import Delegation, Grant
from services.delegation.domain.matrix import scope_asked
from services.delegation.domain.period import period_asked
from services.delegation.domain.refusals import PastEndRefused
from services.delegation.settings import Settings
from services.delegation.steps.announce import announce
from services.delegation.steps.bounding import bound_descendants
from services.delegation.steps.deciding import Decision, decide, ensure_proven, keep_administered
from services.delegation.steps.pacing import Forgive, count_asking
from services.delegation.steps.shown import ensure_shown
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author
from services.delegation.use_cases.open_delegation import ensure_no_clash


@dataclass(frozen=True)
class ChangeDelegation:
    """The whole new grant, the version it was decided on, and when its grantor last gave his password."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int
    authenticated_at: datetime | None
    starts_on: date
    ends_on: date | None
    administrator: bool
    colleges: Sequence[str]
    rights: Mapping[str, str]


def admit_change(command: ChangeDelegation, *, uow: UnitOfWork, settings: Settings) -> Forgive | None:
    """Count that days are asked for that it has not (`count_asking`); fewer days and other rights clash with nothing,
    and are never held back. Raises what `decide` does, and M6."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    asked = period_asked(command.starts_on, command.ends_on)
    if not asked.gains(decision.target.effective.period):
        return None
    return count_asking(uow, decision.actor, None, settings)


def change_delegation(command: ChangeDelegation, *, uow: UnitOfWork) -> None:
    """Change it, and what was delegated under it. Raises AA27, AA28, AA30–AA32, AA52, C8, T7, the clash of two."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_not_own(decision.actor, decision.target)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_modifiable(decision.day)
    changed = decision.target.granted_again(_grant(command, decision), decision.actor.id, decision.parent)
    ensure_no_clash(uow, decision.actor, changed.beneficiary, changed.granted.period, beside=command.delegation_id)
    keep_administered(uow, decision, changed)
    ensure_proven(uow, command.authenticated_at, changed.granted, decision.target.granted)
    apply_change(uow, decision, changed)


def apply_change(uow: UnitOfWork, decision: Decision, changed: Delegation) -> None:
    """Save and announce a confirmed delegation that changed, and all that it bounds. Raises the clash of two (K2)."""
    author = Author.of(decision.actor)
    delegations.save(uow.connection, [changed], act=Act.MODIFICATION, author=author, at=uow.now)
    announce(uow, DELEGATION_CHANGED, changed, adherents.reference(uow.connection, changed.adherent_id))
    bound_descendants(uow, changed, decision.actor)


def _grant(command: ChangeDelegation, decision: Decision) -> Grant:
    period = period_asked(command.starts_on, command.ends_on)
    if period.last_day < decision.day:
        raise PastEndRefused
    ensure_owns_days(period, decision.bound)
    asked = scope_asked(command.administrator, command.colleges, command.rights, decision.bound.scope)
    return Grant(period, asked)
