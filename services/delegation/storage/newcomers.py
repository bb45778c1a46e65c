"""Who an administrator may know was delegated to, and how he asked about addresses lately."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from services.delegation.domain.addresses import same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.pace import Pace
from services.delegation.storage.journal import Act
from services.delegation.storage.sight import below
from services.delegation.storage.tables import delegations, journal, newcomers


def is_known(connection: Connection, actor: Delegation, email: str) -> bool:
    """Whether the address was ever delegated to, where the actor sees it, or by his own account anywhere. What he does
    not see makes no difference: to be refused one new address and not another would tell it (K10)."""
    to_it = delegations.c.email_key == same_address(email)
    there = sa.select(delegations.c.id).where(delegations.c.adherent_id == actor.adherent_id, to_it)
    if actor.of_the_firm:
        there = there.where(delegations.c.id.in_(below(actor)))
    by_him = (journal.c.author_id == actor.beneficiary.account_id, journal.c.act == str(Act.OUVERTURE))
    his = sa.select(journal.c.id).join(delegations, delegations.c.id == journal.c.delegation_id).where(*by_him, to_it)
    return bool(connection.scalar(sa.select(sa.or_(there.exists(), his.exists()))))


def held(connection: Connection, account_id: UUID) -> Pace:
    """What the account asked lately; its row is held, so that two adhérents count as one."""
    row = {"account_id": account_id, "times": []}
    connection.execute(insert(connection, newcomers).values(row).on_conflict_do_nothing())
    columns = (newcomers.c.times, newcomers.c.tried, newcomers.c.refusals)
    mine = sa.select(*columns).where(newcomers.c.account_id == account_id)
    times, tried, refusals = connection.execute(mine.with_for_update()).one()
    at = datetime.fromisoformat
    # A row of the version before has its times alone.
    return Pace(
        [at(one) for one in times or ()],
        {address: at(one) for address, one in (tried or {}).items()},
        [at(one) for one in refusals or ()],
    )


def keep(connection: Connection, account_id: UUID, pace: Pace) -> None:
    """Keep that instead."""
    values = {
        "times": [at.isoformat() for at in pace.times],
        "tried": {address: at.isoformat() for address, at in pace.tried.items()},
        "refusals": [at.isoformat() for at in pace.refusals],
    }
    connection.execute(sa.update(newcomers).where(newcomers.c.account_id == account_id).values(values))
