"""What the link of a mail stops, and whether it is stopped."""

from typing import Any

from sqlalchemy.engine import Connection

from contracts.words.preferences import Rhythm
from services.notification.domain.digest import EVERY
from services.notification.domain.stopping import Stops
from services.notification.storage.preferences import rhythms


def stopped_mails(connection: Connection, *, token: str, stops: Stops) -> dict[str, Any]:
    """The subject of the token, and whether nothing of it is written any more for any adhérent. StopRefused (410)."""
    account_id, subject = stops.read(token)
    mine = rhythms(connection, [account_id], subject).get(account_id, {})
    nothing_more = mine.get(EVERY) is Rhythm.NEVER and set(mine.values()) == {Rhythm.NEVER}
    return {"subject": subject.value, "stopped": nothing_more}
