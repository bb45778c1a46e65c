"""What awaits an administrator among the delegations that he sees: to confirm, and about to end."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import LIVE
from services.delegation.storage.mandate_tables import prolongations
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.sight import under
from services.delegation.storage.tables import delegations

SOON = timedelta(days=30)  # before an end
MOST = 5  # named; the others are counted
KINDS = ("to_prolong", "to_confirm", "ending")
table = delegations.c


def awaiting(connection: Connection, actor: Delegation, day: date) -> dict[str, Any]:
    """`to_confirm`: those that only wait for his word, whose days end first first. `to_prolong`: those whose
    beneficiary asks for more days. `ending`: those in force that end within thirty days. Nothing for who administers
    nothing, and nothing of his own (G52)."""
    told: dict[str, Any] = {name: {"total": 0, "items": []} for name in KINDS}
    if not actor.effective.scope.administrator:
        return told
    asked = {
        "adherent_id": actor.adherent_id,
        "account_id": actor.beneficiary.account_id,
        "own_id": actor.id,
        "day": day,
        "soon": day + SOON,
    }
    for row in connection.execute(_question(actor.of_the_firm), asked).mappings():
        told[row["what"]]["total"] = row["total"]
        told[row["what"]]["items"].append(_named(delegation_of(row)))
    return told


def own_end(held: Delegation, day: date) -> date | None:
    """The last day of what somebody holds, if that is within thirty days."""
    end = held.effective.period.ends_on
    return end if end and end <= day + SOON else None


@cache
def _question(of_the_firm: bool) -> sa.Select[Any]:
    """The first of each kind and how many there are, in one statement, which is made once."""
    day, soon = sa.bindparam("day", type_=sa.Date), sa.bindparam("soon", type_=sa.Date)
    # As `domain.authority.actions` offers it: a test holds the two together.
    waiting = (table.completed_at.is_not(None), table.confirmed_at.is_(None), table.kind != str(Kind.FONDATEUR))
    ends = (table.confirmed_at.is_not(None), table.starts_on <= day, table.last_day <= soon)
    wanted = sa.and_(prolongations.c.ends_on == table.ends_on, prolongations.c.answered_at.is_(None))
    asked = sa.exists().where(prolongations.c.delegation_id == table.id, wanted)
    seen = [
        *(table.adherent_id == sa.bindparam("adherent_id"), LIVE, table.last_day >= day),
        *(table.last_day >= table.starts_on, table.account_id.is_distinct_from(sa.bindparam("account_id"))),
        *([table.id.in_(under(sa.bindparam("own_id")))] if of_the_firm else []),
    ]
    which = {"to_prolong": (*ends, asked), "to_confirm": waiting, "ending": ends}
    parts = [_first(name, sa.and_(*seen, *conditions)) for name, conditions in which.items()]
    every = sa.union_all(*(sa.select(part) for part in parts)).subquery()
    return sa.select(every).order_by(every.c.last_day, every.c.id)


def _first(name: str, condition: sa.ColumnElement[bool]) -> sa.Subquery:
    total = sa.select(sa.func.count()).select_from(delegations).where(condition).scalar_subquery()
    columns = (sa.literal(name).label("what"), total.label("total"), delegations)
    return sa.select(*columns).where(condition).order_by(table.last_day, table.id).limit(MOST).subquery()


def _named(one: Delegation) -> dict[str, Any]:
    who = one.beneficiary
    return {
        "delegation_id": one.id,
        "nom": who.nom,
        "prenom": who.prenom,
        "email": who.email,
        "ends_on": one.effective.period.ends_on,
    }
