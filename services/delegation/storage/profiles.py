"""Reading and writing the profiles of an adhérent, which who writes holds."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from backbone.errors import NotFound
from services.delegation.domain.profile import Profile
from services.delegation.domain.refusals_profiles import ProfileExistsRefused
from services.delegation.domain.rights import stored_scope
from services.delegation.storage.profile_tables import profiles


def of(connection: Connection, adherent_id: UUID) -> list[Profile]:
    """All of them, by name."""
    query = sa.select(profiles).where(profiles.c.adherent_id == adherent_id).order_by(profiles.c.name_key)
    return [_profile(row) for row in connection.execute(query).mappings()]


def find(connection: Connection, adherent_id: UUID, profile_id: UUID) -> Profile:
    """One of them, or NotFound."""
    found = next((one for one in of(connection, adherent_id) if one.id == profile_id), None)
    if found is None:
        raise NotFound
    return found


def put(connection: Connection, one: Profile) -> None:
    """Keep it, new or renamed. ProfileExistsRefused when another one has that name, however it is written."""
    _ensure_own_name(connection, one)
    row = _row(one)
    known = sa.update(profiles).where(profiles.c.id == one.id).values(row)
    if connection.execute(known).rowcount == 0:
        connection.execute(sa.insert(profiles).values(row))


def remove(connection: Connection, one: Profile) -> None:
    """It is no more."""
    connection.execute(sa.delete(profiles).where(profiles.c.id == one.id))


def _ensure_own_name(connection: Connection, one: Profile) -> None:
    same = (profiles.c.adherent_id == one.adherent_id, profiles.c.name_key == one.key, profiles.c.id != one.id)
    if connection.scalar(sa.select(profiles.c.id).where(*same)):
        raise ProfileExistsRefused


def _row(one: Profile) -> dict[str, Any]:
    named = {"id": one.id, "adherent_id": one.adherent_id, "sequence": one.sequence, "name": one.name}
    return {**named, "name_key": one.key, **one.scope.as_plain()}


def _profile(row: RowMapping) -> Profile:
    scope = stored_scope(row["administrator"], row["colleges"], row["rights"])
    return Profile(row["id"], row["adherent_id"], row["name"], scope, row["sequence"])
