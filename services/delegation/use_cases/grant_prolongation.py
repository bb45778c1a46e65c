"""An administrator grants the days that were asked for, under all the rules of a change (C8, C10, K2)."""

from dataclasses import dataclass
from datetime import datetime

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.freshness import ensure_fresh
from services.delegation.domain.grant import ensure_owns_days
from services.delegation.steps.answering import AnswerDelegation
from services.delegation.steps.changing import apply_change
from services.delegation.steps.clashing import ensure_no_clash
from services.delegation.steps.prolonging import decide_prolongation
from services.delegation.storage import prolongations
from services.delegation.storage.journal import Act


@dataclass(frozen=True)
class GrantProlongation(AnswerDelegation):
    """The answer, and when its author last gave his password."""

    authenticated_at: datetime | None = None


def grant_prolongation(command: GrantProlongation, *, uow: UnitOfWork) -> None:
    """The end becomes the day that was asked; both sides are told as of a change. M8 beyond what bounds it, the clash
    of two, ReauthenticationNeeded without a recent password, said last."""
    decision, wanted = decide_prolongation(command, uow)
    actor, target = decision.actor, decision.target
    grant = target.granted.until(wanted.wanted_on)
    ensure_owns_days(grant.period, decision.bound)
    changed = target.granted_again(grant, actor.id, decision.parent)
    ensure_no_clash(uow, actor, changed.beneficiary, changed.granted.period, beside=target.id)
    ensure_fresh(command.authenticated_at, uow.now)
    prolongations.answer(uow.connection, target.id, wanted, uow.now)
    apply_change(uow, decision, changed, act=Act.PROLONGATION)
