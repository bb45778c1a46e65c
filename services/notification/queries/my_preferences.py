"""What I chose to be written about, and how often."""

from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.rights.access import require_access
from contracts.words.preferences import DEFAULTS, Subject
from services.notification.domain.digest import EVERY, chosen
from services.notification.storage.preferences import rhythms


def my_preferences(
    connection: Connection, *, account_id: UUID, adherent_id: UUID | None, clock: Clock
) -> dict[str, Any]:
    """Of each subject the rhythm that holds for `adherent_id`, or for all when it is None, and whether it was chosen.
    NotFound for an adhérent that is not open to the account (AA22)."""
    if adherent_id is not None:
        require_access(connection, account_id, adherent_id, day=paris_day(clock.now()))
    items = []
    for subject in Subject:
        mine = rhythms(connection, [account_id], subject).get(account_id, {})
        items.append(
            {
                "subject": subject.value,
                "rhythm": chosen(mine, adherent_id or EVERY, DEFAULTS[subject]).value,
                "chosen": bool(mine.keys() & {adherent_id, EVERY}),
            }
        )
    return {"items": items}
