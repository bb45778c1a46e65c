"""Who may see the DSN of a company, and who may act on it: whom one of the functions that open it was given."""

from datetime import date
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.errors import AccessRefused
from backbone.rights.access import require_access
from backbone.rights.grants import Grant
from contracts.words import functions
from contracts.words.levels import Level


def require_dsn(
    connection: Connection,
    account_id: UUID | None,
    adherent_id: UUID,
    day: date,
    level: Level = Level.CONSULTATION,
) -> Grant:
    """The grant that opens the DSN of `adherent_id` at `level`. NotFound without any access (AA22), AccessRefused
    without the right (AA24, AA25)."""
    grant = require_access(connection, account_id, adherent_id, day=day)
    if not may(grant, level):
        raise AccessRefused
    return grant


def may(grant: Grant, level: Level = Level.CONSULTATION) -> bool:
    """Whether one of the functions that open the DSN is given at `level`."""
    return any(grant.allows(function, level) for function in functions.DSN)
