"""What dsn and contact saw used, kept beside what pages tell: the last day of each is when a right was last used."""

from collections.abc import Mapping, Sequence
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.uses import CODES
from services.delegation.storage import adherents, uses


def follow_uses(rows: Sequence[Mapping[str, Any]], *, uow: UnitOfWork) -> None:
    """Keep these uses (decision 64). Who saw them had asked for the right of that day, so it is not asked again: it may
    have ended since. Of an adhérent that is not known, and of a code of another version, nothing is kept."""
    known = adherents.references(uow.connection, {row["adherent_id"] for row in rows})
    uses.keep(uow.connection, [row for row in rows if row["adherent_id"] in known and row["code"] in CODES])
