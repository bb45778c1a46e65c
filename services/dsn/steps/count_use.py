"""A person used his right to the DSN of a company: said to delegation, once a day (docs/decisions/0064)."""

from uuid import UUID

from backbone.clock import paris_day
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights import uses
from backbone.rights.grants import Grant
from contracts.events.dsn import DSN_USED
from contracts.words import functions


@in_lane(Lane.BULK)
def count_use(uow: UnitOfWork, account_id: UUID, adherent_id: UUID, grant: Grant) -> None:
    """Note that `grant` was used today, and say what of it was not yet: each function that opens the DSN to him."""
    theirs, day = [one for one in functions.DSN if grant.allows(one)], paris_day(uow.now)
    if new := uses.first(uow.connection, account_id, adherent_id, theirs, day):
        who = {"account_id": account_id, "adherent_id": adherent_id}
        uow.record(DSN_USED, sequence=1, data={**who, "use_id": new_id(), "codes": new, "day": day, "at": uow.now})
