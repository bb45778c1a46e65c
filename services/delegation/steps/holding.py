"""What every act of a beneficiary on his own delegation begins with: the adhérent held, the delegation read."""

from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.steps.deciding import Decision
from services.delegation.storage import delegations


def decide_own(uow: UnitOfWork, actor_id: UUID | None, delegation_id: UUID) -> Decision:
    """Hold the adhérent and read the delegation, of which the actor is the beneficiary. NotFound for one that is not
    his (AA22): somebody else's, or one that he did not accept yet."""
    known = delegations.by_ids(uow.connection, [delegation_id]).get(delegation_id)
    if known is None:
        raise NotFound
    delegations.lock(uow.connection, [known.adherent_id])
    mine = delegations.find(uow.connection, known.adherent_id, delegation_id)
    if actor_id is None or mine.beneficiary.account_id != actor_id or mine.completed_at is None:
        raise NotFound
    above = delegations.ancestors(uow.connection, mine)
    return Decision(paris_day(uow.now), mine, mine, above.get(mine.parent_id) if mine.parent_id else None)
