"""Fermeture (G19): now, or by a date de fin. A pending delegation can be closed too (T7), and one's own given up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.refusals import LaterClosingRefused, PastEndRefused
from services.delegation.steps.changing import apply_change
from services.delegation.steps.closing import close_now
from services.delegation.steps.deciding import Decision, decide, keep_administered
from services.delegation.steps.shown import ensure_shown


@dataclass(frozen=True)
class CloseDelegation:
    """Which delegation, the version that was shown, and its last day if that is not at once."""

    actor: UUID | None
    adherent_id: UUID
    delegation_id: UUID
    version: int
    ends_on: date | None = None


def close_delegation(command: CloseDelegation, *, uow: UnitOfWork) -> None:
    """Close it with all that was delegated under it. Raises AA52, M7, OverRefused, and the refusals of a date."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    ensure_shown(uow, decision, command.version)
    decision.target.ensure_open(decision.day)
    # Today means now: who closes a delegation expects its holder's next click to be refused (G19).
    if command.ends_on is None or command.ends_on == decision.day:
        close_now(uow, decision)
    else:
        _end(uow, decision, command.ends_on)


def _end(uow: UnitOfWork, decision: Decision, ends_on: date) -> None:
    target = decision.target
    if ends_on < decision.day:
        raise PastEndRefused
    if ends_on > target.effective.period.last_day:
        raise LaterClosingRefused
    target.ensure_modifiable(decision.day)
    changed = target.granted_again(target.granted.until(ends_on), target.grantor_id, decision.parent)
    keep_administered(uow, decision, changed)
    apply_change(uow, decision, changed)
