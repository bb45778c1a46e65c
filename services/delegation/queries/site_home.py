"""The home page of a site, in one question: the site as it is chosen, the order of its tiles, what awaits (G69)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from services.delegation.domain.uses import by_use
from services.delegation.queries.awaiting import awaiting, own_end
from services.delegation.queries.review import waiting_reviews
from services.delegation.queries.site_choice import choice_and_holder
from services.delegation.settings import Settings
from services.delegation.storage import uses


def site_home(
    connection: Connection,
    *,
    clock: Clock,
    settings: Settings,
    account_id: UUID,
    site_id: UUID,
    since: datetime | None,
) -> dict[str, Any]:
    """One site of the account. NotFound otherwise (AA23).

    `used` is what was used before `since`, when the session began: tiles do not move under the hand of who uses them.
    """
    now = clock.now()
    day = paris_day(now)
    found, held = choice_and_holder(connection, account_id, site_id, day)
    adherent_id = held.adherent_id
    theirs = uses.used(connection, account_id, adherent_id, since or now)
    return {
        **found,
        "pinned": uses.pinned(connection, account_id, adherent_id),
        "used": by_use(theirs, settings.uses_half_life_days),
        "own_end": own_end(held, day),
        **awaiting(connection, held, day),
        "to_review": waiting_reviews(connection, held, now, settings),
    }
