"""What people chose to be written about, and how often."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import upsert
from contracts.words.preferences import Rhythm, Subject
from services.notification.domain.digest import EVERY
from services.notification.storage.tables import preference


def rhythms(
    connection: Connection, accounts: Collection[UUID], subject: Subject
) -> Mapping[UUID, Mapping[UUID, Rhythm]]:
    """By account, then by adhérent (`EVERY`: for all), the rhythm that was chosen for `subject`; one statement."""
    mine = sa.and_(preference.c.account_id.in_(accounts), preference.c.subject == subject.value)
    found = defaultdict[UUID, dict[UUID, Rhythm]](dict)
    for row in connection.execute(sa.select(preference).where(mine)):
        found[row.account_id][row.adherent_id] = Rhythm(row.rhythm)
    return found


def choose(
    connection: Connection, account_id: UUID, adherent_id: UUID, chosen: Mapping[Subject, Rhythm], now: datetime
) -> None:
    """Keep what `account_id` chose for an adhérent. For all (`EVERY`) it takes the place of each choice made before."""
    if adherent_id == EVERY:
        _forget(connection, account_id, chosen)
    rows = [
        {
            "account_id": account_id,
            "adherent_id": adherent_id,
            "subject": subject.value,
            "rhythm": rhythm.value,
            "chosen_at": now,
        }
        for subject, rhythm in chosen.items()
    ]
    upsert(connection, preference, rows, key=("account_id", "adherent_id", "subject"))


def _forget(connection: Connection, account_id: UUID, subjects: Iterable[Subject]) -> None:
    mine = sa.and_(preference.c.account_id == account_id, preference.c.subject.in_([one.value for one in subjects]))
    connection.execute(sa.delete(preference).where(mine))
