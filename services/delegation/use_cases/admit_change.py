"""That other days are asked for, counted before it is judged (M6, K10)."""

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.period import period_asked
from services.delegation.settings import Settings
from services.delegation.steps.changing import ChangeDelegation
from services.delegation.steps.deciding import decide
from services.delegation.steps.pacing import Forgive, count_asking


def admit_change(command: ChangeDelegation, *, uow: UnitOfWork, settings: Settings) -> Forgive | None:
    """Count that days are asked for that it has not (`count_asking`); fewer days and other rights clash with nothing,
    and are never held back. Raises what `decide` does, and M6."""
    decision = decide(uow, command.actor, command.adherent_id, command.delegation_id)
    asked = period_asked(command.terms.starts_on, command.terms.ends_on)
    if not asked.gains(decision.target.effective.period):
        return None
    return count_asking(uow, decision.actor, None, settings)
