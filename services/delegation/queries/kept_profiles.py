"""The profiles of a company, for its administrators."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.delegation.storage import profiles
from services.delegation.storage.delegations import administrator


def kept_profiles(connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID) -> dict[str, Any]:
    """All of them by name, and whether the reader may keep more: the firm's read none and keep none (K10). NotFound,
    AccessRefused (AA22, AA26)."""
    reader = administrator(connection, account_id, adherent_id, paris_day(clock.now()))
    kept = [] if reader.of_the_firm else profiles.of(connection, adherent_id)
    items = [{"profile_id": one.id, "name": one.name, "version": one.sequence, **one.scope.as_plain()} for one in kept]
    return {"items": items, "may_keep": not reader.of_the_firm}
