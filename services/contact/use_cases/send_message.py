"""Send a message to the caisse: checked, frozen, counted, consented and announced, all or nothing (G79–G87)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any
from uuid import UUID

from backbone.clock import paris_day
from backbone.errors import StoreAway
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.access import require_access
from backbone.sealing import Sealer
from backbone.secrets import digest, new_token
from contracts.events.contact import MESSAGE_SENT
from services.contact.domain import consent, message
from services.contact.domain.caisses import Caisses
from services.contact.domain.draft import require_same
from services.contact.domain.files import StoredFile
from services.contact.domain.message import SNAPSHOT
from services.contact.domain.quota import Quota
from services.contact.domain.reference import reference
from services.contact.domain.refusals import DraftEnded
from services.contact.domain.rules import Rules
from services.contact.domain.scan import WAKE, require_harmless
from services.contact.steps.count_use import count_use
from services.contact.storage.accounts import lock_account
from services.contact.storage.adherents import find_adherent
from services.contact.storage.drafts import files_of, take_draft
from services.contact.storage.ended_drafts import has_ended, note_ended
from services.contact.storage.messages import add_message, sent_lately
from services.contact.storage.references import next_number


@dataclass(frozen=True)
class SendMessage:
    """A message of `actor` about `adherent_id`, with files that are already kept.

    `pieces`: those of his draft that he was shown, which become the message's and end the draft; None leaves it alone.
    `draft_id`: the draft that he was shown; the one that was begun after it stays as it is.
    """

    actor: UUID
    adherent_id: UUID
    objet: str
    message: str
    consent: bool
    files: tuple[StoredFile, ...] = ()
    pieces: tuple[UUID, ...] | None = None
    draft_id: UUID | None = None


def send_message(
    command: SendMessage, *, uow: UnitOfWork, caisses: Caisses, sealer: Sealer, rules: Rules
) -> dict[str, str]:
    """{"message_id", "reference"}. Refuses: NotFound, MessageRefused, ConsentNeeded, DraftChanged, DraftEnded (it
    is over, with the files that he was shown), FilesRefused (a virus in a file of the draft), M11, QuotaReached.

    Anyone with a usable access to the adhérent may write, whatever his rights: « à tout moment et sur chaque écran »
    (G79). Who he is and what he writes about comes from our projections, never from the request (AA45).
    """
    sender = lock_account(uow.connection, command.actor)
    # After the lock, which another message of the same person may hold for long: the access may have ended meanwhile.
    require_access(uow.connection, command.actor, command.adherent_id, day=paris_day(uow.now))
    objet, text = message.check(command.objet, command.message, consent=command.consent)
    files = [*_drafted(command, uow), *({**asdict(file), "file_id": new_id(), **UNJUDGED} for file in command.files)]
    rules.limits.check([file["size"] for file in files])
    about = find_adherent(uow.connection, command.adherent_id)
    if sender is None or about is None:
        raise StoreAway(headers={"Retry-After": "2"})  # the event that announces them is still on its way
    size = sum(file["size"] for file in files)
    _check_quota(command, size, uow, rules.quota)
    caisse = caisses.of(about.caisse)
    row = {
        "message_id": new_id(),
        "reference": _next_reference(uow),
        "adherent_id": command.adherent_id,
        **{name: getattr(sender, name) for name in SNAPSHOT},
        "raison_sociale": about.raison_sociale,
        "identifiant": about.identifiant,
        "caisse": about.caisse,
        "caisse_nom": caisse.nom,
        "caisse_email": caisse.courriel,
        "objet": objet,
        "message": text,
        "bytes": size,
        "sent_at": uow.now,
    }
    dossier, sealed = _dossier(uow, sealer, rules.dossier_days) if files else ({}, None)
    placed = [{**file, "message_id": row["message_id"], "position": place} for place, file in enumerate(files)]
    add_message(uow.connection, {**row, **dossier}, placed, actor=command.actor, version=consent.CURRENT)
    if files:
        uow.wake(WAKE)
    count_use(uow, command.actor, command.adherent_id)
    uow.record(MESSAGE_SENT, sequence=1, data=_announced(command, row, files, about, sealed))
    return {"message_id": str(row["message_id"]), "reference": str(row["reference"])}


def _drafted(command: SendMessage, uow: UnitOfWork) -> list[dict[str, Any]]:
    """The files of the draft, taken out of it: each with its id, its bytes and its verdict."""
    if command.pieces is None:
        return []
    if has_ended(uow.connection, command.adherent_id, command.draft_id, actor=command.actor):
        if command.pieces:
            raise DraftEnded
        return []
    files = [
        {name: getattr(one, name) for name in KEPT}
        for one in files_of(uow.connection, command.actor, command.adherent_id)
    ]
    require_same(command.pieces, [one["file_id"] for one in files])
    require_harmless(files)
    note_ended(uow.connection, command.adherent_id, uow.now, actor=command.actor)
    take_draft(uow.connection, command.adherent_id, actor=command.actor)
    return files


def _check_quota(command: SendMessage, added: int, uow: UnitOfWork, quota: Quota) -> None:
    sent = sent_lately(uow.connection, command.actor, uow.now)
    quota.check(sent=sent.messages, stored=sent.bytes, added=added, oldest=sent.oldest, now=uow.now)


def _next_reference(uow: UnitOfWork) -> str:
    day = paris_day(uow.now)
    return reference(day, next_number(uow.connection, day.year))


def _dossier(uow: UnitOfWork, sealer: Sealer, days: int) -> tuple[dict[str, Any], str | None]:
    """The link to the files: its hash for us, the token sealed for who writes the mail."""
    token, expires_at = new_token(), uow.now + timedelta(days=days)
    sealed = sealer.seal({"token": token, "expires_at": expires_at.isoformat()})
    return {"dossier_digest": digest(token), "dossier_expires_at": expires_at}, sealed


def _announced(
    command: SendMessage, row: dict[str, Any], files: Sequence[dict[str, Any]], about: Any, sealed: str | None
) -> dict[str, Any]:
    return {
        "message_id": row["message_id"],
        "reference": row["reference"],
        "adherent": {name: getattr(about, name) for name in ADHERENT},
        "account_id": command.actor,
        "sender": {name: row[name] for name in ("email", "nom", "prenom")},
        "files": [{"name": file["name"], "size": file["size"]} for file in files],
        "sealed": sealed,
        **{name: row[name] for name in ANNOUNCED},
    }


UNJUDGED: dict[str, Any] = {"scan": None, "scan_again_at": None}
KEPT = ("file_id", *(one.name for one in fields(StoredFile)), *UNJUDGED)
ADHERENT = ("adherent_id", "caisse", "identifiant", "raison_sociale", "siren")
ANNOUNCED = ("caisse_nom", "caisse_email", "telephone_fixe", "telephone_mobile", "objet", "message", "sent_at")
