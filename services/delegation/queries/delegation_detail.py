"""One delegation, for who administers its adhérent."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.delegation.domain.delegation import INSTANTS
from services.delegation.queries.closing_takes import closing_takes
from services.delegation.queries.presenting import list_items
from services.delegation.queries.seeing import seen
from services.delegation.storage import journal


def delegation_detail(
    connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, delegation_id: UUID
) -> dict[str, Any]:
    """All of it: the line of the list, the rights, who opened it when, and what its closing takes."""
    actor, target = seen(connection, clock, account_id, adherent_id, delegation_id)
    return {
        **list_items(connection, actor, [target], clock.now())[0],
        **target.effective.as_plain(),
        **{name: getattr(target, name) for name in INSTANTS},
        "kind": str(target.kind),
        **closing_takes(connection, target, paris_day(clock.now())),
        "opened_by": journal.opened_by(connection, actor, target.id),
    }
