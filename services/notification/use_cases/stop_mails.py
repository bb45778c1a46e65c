"""Stop the mails of a subject by the link that each of them carries, without logging in (RFC 8058)."""

from dataclasses import dataclass, field

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.preferences import Rhythm
from services.notification.domain.digest import EVERY
from services.notification.domain.stopping import Stops
from services.notification.storage import preferences


@dataclass(frozen=True)
class StopMails:
    """Whoever holds `token` wants no more of the mails that it is about."""

    token: str = field(repr=False)


def stop_mails(command: StopMails, *, uow: UnitOfWork, stops: Stops) -> None:
    """Never again, for no adhérent, until the person says otherwise; as often as one likes. StopRefused (410)."""
    account_id, subject = stops.read(command.token)
    preferences.choose(uow.connection, account_id, EVERY, {subject: Rhythm.NEVER}, uow.now)
