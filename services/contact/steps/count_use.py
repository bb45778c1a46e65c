"""A person used « Nous contacter » for a company: said to delegation, once a day (docs/decisions/0064)."""

from uuid import UUID

from backbone.clock import paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights import uses
from contracts.events.contact import CONTACT_USED
from contracts.words.uses import NOUS_CONTACTER


@in_lane(Lane.BULK)
def count_use(uow: UnitOfWork, account_id: UUID, adherent_id: UUID) -> None:
    """Note that it was used today, and say so if that was not yet."""
    day = paris_day(uow.now)
    if new := uses.first(uow.connection, account_id, adherent_id, [NOUS_CONTACTER], day):
        who = {"account_id": account_id, "adherent_id": adherent_id}
        uow.record(CONTACT_USED, sequence=1, data={**who, "use_id": new_id(), "codes": new, "day": day, "at": uow.now})
