"""One delegation, for who administers its adhérent."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.delegation.domain.administrators import loses
from services.delegation.domain.delegation import INSTANTS, Delegation
from services.delegation.domain.why import unavailable
from services.delegation.queries.closing_takes import closing_takes
from services.delegation.queries.presenting import list_items
from services.delegation.queries.seeing import seen
from services.delegation.storage import delegations, journal


def delegation_detail(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """All of it: the line of the list, the rights, who opened it when, and what its closing takes."""
    actor, target = seen(connection, clock, account_id, adherent_id, delegation_id)
    day = paris_day(clock.now())
    return {
        **list_items(connection, actor, [target], clock.now())[0],
        **target.effective.as_plain(),
        **{name: getattr(target, name) for name in INSTANTS},
        "kind": str(target.kind),
        **closing_takes(connection, target, day),
        "unavailable": unavailable(actor, target, day, **_needed(connection, target, day)),
        "opened_by": journal.opened_by(connection, actor, target.id),
    }


def _needed(connection: Connection, target: Delegation, day: date) -> dict[str, bool]:
    """Whether the company would be without administrator earlier if it was closed (`last`), or today if it was
    suspended (`alone`), as these acts judge it (M7)."""
    if target.of_the_firm or not target.effective.scope.administrator:
        return {"last": False, "alone": False}
    serving = delegations.company_administrators(connection, [target.adherent_id], day)
    others = [one.effective.period for one in serving if one.id != target.id]
    before = [one.effective.period for one in serving]
    return {"last": loses(before, others, day), "alone": not any(one.covers(day) for one in others)}
