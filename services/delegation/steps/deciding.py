"""What every act on a delegation begins with: the adhérent held, the actor's right read now, the target found."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.freshness import ensure_fresh
from services.delegation.domain.administrators import keep_an_administrator
from services.delegation.domain.authority import ensure_manages, grants_administration
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Grant
from services.delegation.storage import delegations


@dataclass(frozen=True)
class Decision:
    """Who acts, on what, on which day, and what bounds the target."""

    day: date
    actor: Delegation
    target: Delegation
    parent: Delegation | None

    @property
    def bound(self) -> Grant:
        """The most the actor may leave to the target: his own, and its parent's (C10)."""
        return self.actor.effective.meet(self.parent.effective) if self.parent else self.actor.effective


def decide(uow: UnitOfWork, actor_id: UUID | None, adherent_id: UUID, delegation_id: UUID) -> Decision:
    """Hold the adhérent and read the decision. NotFound or AccessRefused if the actor may not act on the target."""
    delegations.lock(uow.connection, [adherent_id])
    day = paris_day(uow.now)
    actor = delegations.administrator(uow.connection, actor_id, adherent_id, day)
    target = delegations.find(uow.connection, adherent_id, delegation_id)
    above = delegations.ancestors(uow.connection, target)
    ensure_manages(actor, target, above)
    return Decision(day, actor, target, above.get(target.parent_id) if target.parent_id else None)


def ensure_proven(
    uow: UnitOfWork, authenticated_at: datetime | None, asked: Grant, before: Grant | None = None
) -> None:
    """ReauthenticationNeeded if `asked` grants administration and the grantor's password is not recent (C8)."""
    if grants_administration(asked, before):
        ensure_fresh(authenticated_at, uow.now)


def keep_administered(uow: UnitOfWork, decision: Decision, after: Delegation | None) -> None:
    """Refuse if the company loses its last administrator, now or on a day to come (M7). `after` None: it is closed."""
    serving = delegations.company_administrators(uow.connection, [decision.target.adherent_id], decision.day)
    if decision.target.id not in [one.id for one in serving]:
        return
    others = [one.effective.period for one in serving if one.id != decision.target.id]
    still = [after.effective.period] if after and after.effective.scope.administrator else []
    keep_an_administrator([one.effective.period for one in serving], others + still, decision.day)
