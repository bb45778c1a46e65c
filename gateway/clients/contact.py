"""contact as the pages see it: the form, the receipt, the caisse's page of attached files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from uuid import UUID

import httpx

from gateway.clients.http import ServiceClient, shown
from gateway.clients.requests import DraftWords, Letter
from gateway.clients.shape import Page, Query, body, read, read_page

Attachment = tuple[str, IO[bytes], str]


@dataclass(frozen=True)
class Consent:
    """The text of the box (G86); the service keeps which version was agreed to."""

    texte: str
    version: str = ""


@dataclass(frozen=True)
class SentFile:
    """A file of a message."""

    name: str
    size: int = 0
    file_id: UUID | None = None
    type: str | None = None
    scan: str | None = None


@dataclass(frozen=True)
class Draft:
    """What I wrote and did not send. `draft_id`: none where contact is of the version before."""

    objet: str = ""
    message: str = ""
    files: list[SentFile] = field(default_factory=list)
    expires_at: datetime | None = None
    draft_id: UUID | None = None

    @property
    def size(self) -> int:
        """The bytes of its files."""
        return sum(one.size for one in self.files)


@dataclass(frozen=True)
class RefusedFile:
    """A file that the draft did not take."""

    message: str
    code: str = ""


@dataclass(frozen=True)
class Added:
    """What became of files that were chosen."""

    files: list[SentFile]
    refused: list[RefusedFile] = field(default_factory=list)


@dataclass(frozen=True)
class ContactForm:
    """The read-only block of the form, its limits (G81, G83) and what was written in it.

    `brouillon`: none where contact is of the version before, which keeps no drafts.
    """

    nom: str
    prenom: str
    email: str
    telephone_fixe: str | None
    telephone_mobile: str | None
    raison_sociale: str
    identifiant: str
    caisse_nom: str
    consentement: Consent
    max_files: int = 20
    max_bytes: int = 41943040
    brouillon: Draft | None = None


@dataclass(frozen=True)
class Message:
    """A message I sent, with the company it was about as it was called then."""

    message_id: UUID
    reference: str
    objet: str
    message: str = ""
    sent_at: datetime | None = None
    consent_withdrawn_at: datetime | None = None
    files: list[SentFile] = field(default_factory=list)
    version: int = 1
    raison_sociale: str = ""
    identifiant: str = ""
    caisse_nom: str = ""
    files_purged_at: datetime | None = None


@dataclass(frozen=True)
class Written:
    """A message just sent."""

    message_id: UUID


@dataclass(frozen=True)
class Dossier:
    """The files of one message, as the caisse downloads them."""

    reference: str
    objet: str
    files: list[SentFile]


class ContactClient(ServiceClient):
    """One method per endpoint; raises Problem."""

    def form(self, adherent_id: UUID, site_id: UUID) -> ContactForm:
        """What the form shows of me and of the adhérent."""
        return read(ContactForm, self.ask("GET", f"/adherents/{adherent_id}/form", params={"site": site_id}))

    def write(
        self,
        adherent_id: UUID,
        letter: Letter,
        files: Iterable[Attachment],
        pieces: str | None = None,
        draft_id: str | None = None,
    ) -> UUID:
        """Send a message with its files, and those of the draft that were shown; returns its id. 409 when the draft has
        others or is over, 413/422 M11, 422 M12, M14."""
        said = {**body(letter), **({"pieces": pieces} if pieces else {}), **_of(draft_id)}
        parts = [
            *((name, (None, "true" if value is True else str(value))) for name, value in said.items()),
            *(("fichiers", f) for f in files),
        ]
        return read(Written, self.ask("POST", f"/adherents/{adherent_id}/messages", files=parts)).message_id

    def keep_draft(self, adherent_id: UUID, words: DraftWords, draft_id: str | None) -> None:
        """Keep what is being written. 409 when that draft was sent or given up."""
        self.send("PUT", f"/adherents/{adherent_id}/draft", json={**body(words), **_of(draft_id)})

    def add_files(self, adherent_id: UUID, files: Iterable[Attachment], draft_id: str | None) -> Added:
        """Add files to the draft. 409 when it was sent or given up, 413/422 M11, 422 when none is accepted."""
        said = ((name, (None, value)) for name, value in _of(draft_id).items())
        parts = [*said, *(("fichiers", one) for one in files)]
        return read(Added, self.ask("POST", f"/adherents/{adherent_id}/draft/files", files=parts))

    def remove_file(self, adherent_id: UUID, file_id: UUID) -> None:
        """Take a file out of the draft. 404 when it is not there."""
        self.send("POST", f"/adherents/{adherent_id}/draft/files/{file_id}/removal", json={})

    def discard_draft(self, adherent_id: UUID, draft_id: str | None) -> None:
        """Give that draft up, with its files."""
        self.send("POST", f"/adherents/{adherent_id}/draft/discard", json=_of(draft_id))

    def messages(self, page: int) -> Page[Message]:
        """The messages I sent, most recent first."""
        return read_page(Message, self.ask("GET", "/messages", params={"page": page}))

    def recent(self, adherent_id: UUID, most: int) -> Page[Message]:
        """The last ones about that adhérent."""
        asked: Query = {"page": 1, "page_size": most, "adherent": str(adherent_id)}
        return read_page(Message, self.ask("GET", "/messages", params=asked))

    def message(self, message_id: UUID) -> Message:
        """One message I sent: 404 M5 otherwise."""
        return read(Message, self.ask("GET", f"/messages/{message_id}"))

    def withdraw_consent(self, message_id: UUID, version: int) -> None:
        """« Je peux retirer mon consentement à tout moment » (G86): 412 when it is not as it was shown."""
        self.send("POST", f"/messages/{message_id}/consent-withdrawal", json={}, headers=shown(version))

    def dossier(self, token: str) -> Dossier:
        """The files behind a link of the caisse's mail: 410 M3."""
        return read(Dossier, self.ask("POST", "/dossiers/lookup", public=True, json={"token": token}))

    def dossier_file(self, token: str, file_id: UUID) -> httpx.Response:
        """One file, to be read piece by piece."""
        return self.stream(f"/dossiers/files/{file_id}", public=True, headers={"X-Dossier-Token": token})


def _of(draft_id: str | None) -> dict[str, str]:
    """Nothing is said of it to the version before, which would not know it."""
    return {"draft_id": draft_id} if draft_id else {}
