"""What one person of an adhérent is called, for another one of them."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock
from backbone.errors import NotFound
from services.delegation.queries.people import people


def person(connection: Connection, *, clock: Clock, account_id: UUID, adherent_id: UUID, asked: UUID) -> dict[str, Any]:
    """The names of `asked`, as `people` says them. NotFound for who is not of the adhérent, and as there."""
    found = people(connection, clock=clock, account_id=account_id, adherent_id=adherent_id, asked=[asked])["items"]
    if not found:
        raise NotFound
    return {name: found[0][name] for name in ("nom", "prenom")}
