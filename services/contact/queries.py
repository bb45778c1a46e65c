"""What can be asked of contact: the form, my messages, the files behind the caisse's link."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import Clock, paris_day
from backbone.errors import Gone, NotFound, StoreAway
from backbone.rights.access import require_access
from backbone.secrets import digest
from services.contact.domain import consent as consents
from services.contact.domain.caisses import Caisses
from services.contact.domain.ports import Antivirus
from services.contact.domain.scan import require_servable, state
from services.contact.storage import account, adherent, attachment, consent, message, withdrawn
from services.contact.use_cases.send_message import SNAPSHOT, Rules


class DeadLink(Gone):
    """Unknown, expired, or of a message whose sender withdrew his consent: one answer (M3)."""

    slug = "lien_mort"
    detail = "Ce lien n'est plus valable. Vous pouvez en demander un nouveau."


def form(
    connection: Connection,
    *,
    account_id: UUID,
    adherent_id: UUID,
    site: UUID | None,
    clock: Clock,
    caisses: Caisses,
    rules: Rules,
) -> dict[str, Any]:
    """The read-only block of the form (G81) and what it takes. NotFound without access, or for another's site."""
    require_access(connection, account_id, adherent_id, day=paris_day(clock.now()))
    me = connection.execute(sa.select(account).where(account.c.account_id == account_id)).first()
    about = connection.execute(sa.select(adherent).where(adherent.c.adherent_id == adherent_id)).first()
    if me is None or about is None:
        raise StoreAway(headers={"Retry-After": "2"})  # the event that announces them is still on its way
    if site is not None and str(site) not in about.sites:
        raise NotFound
    return {
        **{name: getattr(me, name) for name in SNAPSHOT},
        "raison_sociale": about.raison_sociale,
        "identifiant": about.identifiant,
        "caisse_nom": caisses.of(about.caisse).nom,
        "max_files": rules.limits.files,
        "max_bytes": rules.limits.bytes,
        "consentement": {"version": consents.CURRENT, "texte": consents.TEXTS[consents.CURRENT]},
    }


def my_messages(
    connection: Connection, *, account_id: UUID, page: int, page_size: int, antivirus: Antivirus | None
) -> dict[str, Any]:
    """One page of the messages the account sent, the newest first, each with its files."""
    mine = message.c.account_id == account_id
    total = connection.execute(sa.select(sa.func.count()).select_from(message).where(mine)).scalar_one()
    newest = _messages().where(mine).order_by(message.c.sent_at.desc(), message.c.message_id.desc())
    rows = connection.execute(newest.limit(page_size).offset((page - 1) * page_size)).all()
    items = _with_files(connection, rows, scanning=antivirus is not None)
    return {"items": items, "total": total, "page": page, "page_size": page_size}


def my_message(
    connection: Connection, *, account_id: UUID, message_id: UUID, antivirus: Antivirus | None
) -> dict[str, Any]:
    """One message of the account, as it was sent. NotFound when it is not his (AA22)."""
    row = connection.execute(
        _messages().where(message.c.message_id == message_id, message.c.account_id == account_id)
    ).first()
    if row is None:
        raise NotFound
    return _with_files(connection, [row], scanning=antivirus is not None)[0]


def dossier(connection: Connection, *, token: str, clock: Clock, antivirus: Antivirus | None) -> dict[str, Any]:
    """Reference, objet and files behind the caisse's link. DeadLink."""
    row = _live_dossier(connection, token, clock)
    found = connection.execute(
        sa.select(attachment).where(attachment.c.message_id == row.message_id).order_by(attachment.c.position)
    )
    files = [_file(one, scanning=antivirus is not None) for one in found]
    return {"reference": row.reference, "objet": row.objet, "files": files}


def dossier_file(
    connection: Connection, *, token: str, file_id: UUID, clock: Clock, antivirus: Antivirus | None
) -> dict[str, Any]:
    """One file of the dossier: name, type and storage name.

    DeadLink; NotFound when it is not in this dossier; ScanWaited, FileInfected when it was not found clean.
    """
    row = _live_dossier(connection, token, clock)
    one = connection.execute(
        sa.select(attachment).where(attachment.c.file_id == file_id, attachment.c.message_id == row.message_id)
    ).first()
    if one is None:
        raise NotFound
    found = _file(one, scanning=antivirus is not None)
    require_servable(found["scan"])
    return {**found, "storage_name": one.storage_name}


def _live_dossier(connection: Connection, token: str, clock: Clock) -> Any:
    live = sa.and_(
        message.c.dossier_digest == digest(token),
        message.c.dossier_expires_at > clock.now(),
        message.c.files_purged_at.is_(None),
        ~withdrawn(message.c.message_id),
    )
    row = connection.execute(sa.select(message.c.message_id, message.c.reference, message.c.objet).where(live)).first()
    if row is None:
        raise DeadLink
    return row


def _messages() -> sa.Select[Any]:
    taken_back = sa.and_(consent.c.message_id == message.c.message_id, consent.c.act == consents.Act.WITHDRAWN.value)
    return sa.select(message, consent.c.at.label("consent_withdrawn_at")).outerjoin(consent, taken_back)


def _with_files(connection: Connection, rows: Sequence[Any], *, scanning: bool) -> list[dict[str, Any]]:
    files: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    ids = [row.message_id for row in rows]
    query = sa.select(attachment).where(attachment.c.message_id.in_(ids)).order_by(attachment.c.position)
    for one in connection.execute(query) if ids else ():
        files[one.message_id].append(_file(one, scanning=scanning))
    return [
        {
            **row._mapping,
            "version": consents.version_of(row.consent_withdrawn_at is not None),
            "files": files[row.message_id],
        }
        for row in rows
    ]


def _file(row: Any, *, scanning: bool) -> dict[str, Any]:
    kept = {"file_id": row.file_id, "name": row.name, "size": row.size, "type": row.type}
    return {**kept, "scan": state(row.scan, scanning=scanning)}
