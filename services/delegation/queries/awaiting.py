"""What awaits an administrator among the delegations that he sees: to confirm, and about to end."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Delegation
from services.delegation.storage.delegations import LIVE
from services.delegation.storage.mandate_tables import prolongations
from services.delegation.storage.rows import delegation_of
from services.delegation.storage.sight import below
from services.delegation.storage.tables import delegations

SOON = timedelta(days=30)  # before an end
MOST = 5  # named; the others are counted
table = delegations.c


def awaiting(connection: Connection, actor: Delegation, day: date) -> dict[str, Any]:
    """`to_confirm`: those that only wait for his word, whose days end first first. `to_prolong`: those whose
    beneficiary asks for more days. `ending`: those in force that end within thirty days. Nothing for who administers
    nothing, and nothing of his own (G52)."""
    if not actor.effective.scope.administrator:
        return {name: {"total": 0, "items": []} for name in ("to_confirm", "to_prolong", "ending")}
    # As `domain.authority.actions` offers it: a test holds the two together.
    waiting = (table.completed_at.is_not(None), table.confirmed_at.is_(None), table.kind != str(Kind.FONDATEUR))
    ends = (table.confirmed_at.is_not(None), table.starts_on <= day, table.last_day <= day + SOON)
    asked = sa.and_(prolongations.c.ends_on == table.ends_on, prolongations.c.answered_at.is_(None))
    wanted = sa.exists().where(prolongations.c.delegation_id == table.id, asked)
    return {
        "to_prolong": _told(connection, actor, day, *ends, wanted),
        "to_confirm": _told(connection, actor, day, *waiting),
        "ending": _told(connection, actor, day, *ends),
    }


def own_end(held: Delegation, day: date) -> date | None:
    """The last day of what somebody holds, if that is within thirty days."""
    end = held.effective.period.ends_on
    return end if end and end <= day + SOON else None


def _told(connection: Connection, actor: Delegation, day: date, *which: sa.ColumnElement[bool]) -> dict[str, Any]:
    conditions = [
        *(table.adherent_id == actor.adherent_id, LIVE, table.last_day >= day, table.last_day >= table.starts_on),
        table.account_id.is_distinct_from(actor.beneficiary.account_id),
        *([table.id.in_(below(actor))] if actor.of_the_firm else []),
        *which,
    ]
    total = connection.scalar(sa.select(sa.func.count()).select_from(delegations).where(*conditions)) or 0
    first = sa.select(delegations).where(*conditions).order_by(table.last_day, table.id).limit(MOST)
    rows = connection.execute(first).mappings() if total else ()
    return {"total": total, "items": [_named(delegation_of(row)) for row in rows]}


def _named(one: Delegation) -> dict[str, Any]:
    who = one.beneficiary
    return {
        "delegation_id": one.id,
        "nom": who.nom,
        "prenom": who.prenom,
        "email": who.email,
        "ends_on": one.effective.period.ends_on,
    }
