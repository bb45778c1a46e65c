"""notification as the pages see it: what people choose to be written about, and the link of a mail that stops it."""

from dataclasses import dataclass
from uuid import UUID

from gateway.clients.http import ServiceClient
from gateway.clients.requests import PreferencesWanted
from gateway.clients.shape import body, read


@dataclass(frozen=True)
class Preference:
    """How often I am written to about a subject."""

    subject: str
    rhythm: str
    chosen: bool


@dataclass(frozen=True)
class Preferences:
    """All subjects."""

    items: list[Preference]


@dataclass(frozen=True)
class Stopped:
    """What the link of a mail stops, and whether it is stopped."""

    subject: str
    stopped: bool


class NotificationClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def preferences(self, adherent_id: UUID | None) -> Preferences:
        """What I chose for an adhérent, or for all: 404 M5 for one that is not open to me."""
        return read(Preferences, self.ask("GET", "/preferences", params=_of(adherent_id)))

    def choose_preferences(self, adherent_id: UUID | None, wanted: PreferencesWanted) -> None:
        """Choose them, for an adhérent or for all."""
        self.send("PUT", "/preferences", params=_of(adherent_id), json=body(wanted))

    def stopped(self, token: str) -> Stopped:
        """What is behind the link of a mail: 410 when it is none of ours."""
        return read(Stopped, self.ask("POST", "/preferences/stops/lookup", public=True, json={"token": token}))

    def stop(self, token: str) -> None:
        """Stop the mails of that link."""
        self.send("POST", "/preferences/stops", public=True, json={"token": token})


def _of(adherent_id: UUID | None) -> dict[str, UUID]:
    return {"adherent_id": adherent_id} if adherent_id else {}
