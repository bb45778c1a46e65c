"""A delegation that changed, saved and announced with all that it bounds."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_CHANGED
from contracts.words.changes import Cause
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Terms
from services.delegation.steps.announce import announce
from services.delegation.steps.bounding import bound_descendants
from services.delegation.steps.deciding import Decision
from services.delegation.steps.telling import telling, told_of_above
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Act, Author


@dataclass(frozen=True)
class ChangeDelegation:
    """The whole new grant, the version it was decided on, and when its grantor last gave his password."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int
    authenticated_at: datetime | None
    terms: Terms


def apply_change(
    uow: UnitOfWork,
    decision: Decision,
    changed: Delegation,
    *,
    act: Act = Act.MODIFICATION,
    cause: Cause = Cause.MODIFICATION,
    reason: str | None = None,
) -> None:
    """Save and announce a confirmed delegation that changed, and all that it bounds. Raises the clash of two (K2).
    `act`: what the journal calls it; `cause`: what the event does; `reason`: what the journal says with it.

    Each event says what was, and who is told: of the one that was changed, both sides; of what it bounds, the
    beneficiaries (C10).
    """
    actor, changed = decision.actor, changed.begun(decision.day)
    delegations.save(uow.connection, [changed], act=act, author=replace(Author.of(actor), reason=reason), at=uow.now)
    bounded = [(was, now) for was, now in bound_descendants(uow, changed, actor) if now.confirmed_at]
    adherent = adherents.reference(uow.connection, changed.adherent_id)
    more = {**telling(uow, [changed], actor)[changed.id], "cause": cause, "below": len(bounded)}
    more["suspended_until"] = changed.facts.suspended_until if cause is Cause.SUSPENSION else None
    announce(uow, DELEGATION_CHANGED, changed, adherent, before=decision.target.effective.as_plain(), **more)
    for was, now in bounded:
        more = {**told_of_above(actor, now), "cause": Cause.DELEGATION_MERE, "below": 0, "suspended_until": None}
        announce(uow, DELEGATION_CHANGED, now, adherent, before=was.effective.as_plain(), **more)
