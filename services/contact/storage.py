"""Contact's tables: who writes and to whom (projections), messages with their snapshot, files, consent ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from backbone.store.database import Instant, insert
from backbone.store.due import come
from backbone.store.tables import tables
from services.contact.domain.consent import Act
from services.contact.domain.quota import WINDOW
from services.contact.domain.scan import Scan

metadata = sa.MetaData()
tables(metadata)

account = sa.Table(
    "account",
    metadata,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("nom", sa.String(100)),
    sa.Column("prenom", sa.String(100)),
    sa.Column("telephone_fixe", sa.String(30)),
    sa.Column("telephone_mobile", sa.String(30)),
)
adherent = sa.Table(
    "adherent",
    metadata,
    sa.Column("adherent_id", sa.Uuid, primary_key=True),
    sa.Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("caisse", sa.String(50), nullable=False),
    sa.Column("identifiant", sa.String(50), nullable=False),
    sa.Column("raison_sociale", sa.String(200), nullable=False),
    sa.Column("siren", sa.String(9), nullable=False),
    sa.Column("sites", sa.JSON, nullable=False),
)
# Everything the caisse is told is frozen here at the moment of sending: nothing is joined later.
message = sa.Table(
    "message",
    metadata,
    sa.Column("message_id", sa.Uuid, primary_key=True),
    sa.Column("reference", sa.String(20), nullable=False, unique=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("adherent_id", sa.Uuid, nullable=False),
    sa.Column("email", sa.String(254), nullable=False),
    sa.Column("nom", sa.String(100)),
    sa.Column("prenom", sa.String(100)),
    sa.Column("telephone_fixe", sa.String(30)),
    sa.Column("telephone_mobile", sa.String(30)),
    sa.Column("raison_sociale", sa.String(200), nullable=False),
    sa.Column("identifiant", sa.String(50), nullable=False),
    sa.Column("caisse", sa.String(50), nullable=False),
    sa.Column("caisse_nom", sa.String(200), nullable=False),
    sa.Column("caisse_email", sa.String(254), nullable=False),
    sa.Column("objet", sa.String(200), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("sent_at", Instant, nullable=False),
    # The link to the files: only the hash of its token is kept (C4).
    sa.Column("dossier_digest", sa.String(64), unique=True),
    sa.Column("dossier_expires_at", Instant),
    sa.Column("files_purged_at", Instant),
    sa.CheckConstraint("(dossier_digest IS NULL) = (dossier_expires_at IS NULL)", name="message_dossier"),
)
sa.Index("message_of_account", message.c.account_id, message.c.sent_at)
_has_files = sa.and_(message.c.dossier_digest.is_not(None), message.c.files_purged_at.is_(None))
sa.Index("message_to_purge", message.c.dossier_expires_at, sqlite_where=_has_files, postgresql_where=_has_files)
attachment = sa.Table(
    "attachment",
    metadata,
    sa.Column("file_id", sa.Uuid, primary_key=True),
    sa.Column("message_id", sa.Uuid, sa.ForeignKey("message.message_id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("type", sa.String(100), nullable=False),
    sa.Column("storage_name", sa.String(64), nullable=False, unique=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    # The antivirus's verdict, when there is one: a file without one waits (scan_files).
    sa.Column("scan", sa.String(10)),
    sa.Column("scan_again_at", Instant),
    sa.UniqueConstraint("message_id", "position", name="attachment_position"),
)
_unjudged = attachment.c.scan.is_(None)
sa.Index("attachment_to_scan", attachment.c.message_id, sqlite_where=_unjudged, postgresql_where=_unjudged)
# Append-only: who consented to which text and when, and who withdrew it (G86).
consent = sa.Table(
    "consent",
    metadata,
    sa.Column("message_id", sa.Uuid, sa.ForeignKey("message.message_id"), primary_key=True),
    sa.Column("act", sa.String(10), primary_key=True),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.String(20), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.CheckConstraint("act IN ('donne', 'retire')", name="consent_act"),
)
reference_counter = sa.Table(
    "reference_counter",
    metadata,
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("last", sa.Integer, nullable=False),
)


@dataclass(frozen=True)
class Sent:
    """What an account sent in the last 24 hours."""

    messages: int
    bytes: int
    oldest: datetime | None


def lock_account(connection: Connection, account_id: UUID) -> Row[Any] | None:
    """The account, locked: two messages of one account are counted one after the other (no quota race)."""
    return connection.execute(sa.select(account).where(account.c.account_id == account_id).with_for_update()).first()


def find_adherent(connection: Connection, adherent_id: UUID) -> Row[Any] | None:
    """The adhérent, as last announced."""
    return connection.execute(sa.select(adherent).where(adherent.c.adherent_id == adherent_id)).first()


def sent_lately(connection: Connection, account_id: UUID, now: datetime) -> Sent:
    """What `account_id` sent in the window of the quota."""
    counted = sa.select(
        sa.func.count(), sa.func.coalesce(sa.func.sum(message.c.bytes), 0), sa.func.min(message.c.sent_at)
    ).where(message.c.account_id == account_id, message.c.sent_at > now - WINDOW)
    messages, size, oldest = connection.execute(counted).one()
    return Sent(int(messages), int(size), oldest)


def next_number(connection: Connection, year: int) -> int:
    """The next number of `year`: one statement, so two messages never share one."""
    first = insert(connection, reference_counter).values(year=year, last=1)
    counted = first.on_conflict_do_update(
        index_elements=["year"], set_={"last": reference_counter.c.last + 1}
    ).returning(reference_counter.c.last)
    return int(connection.execute(counted).scalar_one())


def add_message(
    connection: Connection, row: Mapping[str, Any], files: Sequence[Mapping[str, Any]], *, actor: UUID, version: str
) -> None:
    """Write a message of `actor`, its files and his consent to the text `version`."""
    connection.execute(sa.insert(message).values(**row, account_id=actor))
    if files:
        connection.execute(sa.insert(attachment), [dict(one) for one in files])
    given = {"message_id": row["message_id"], "act": Act.GIVEN.value, "version": version}
    connection.execute(sa.insert(consent).values(**given, account_id=actor, at=row["sent_at"]))


def own_consent(connection: Connection, message_id: UUID, *, actor: UUID) -> tuple[str, datetime | None] | None:
    """The text `actor` consented to for his message, and when he withdrew it; None when the message is not his."""
    his = sa.and_(consent.c.message_id == message_id, consent.c.account_id == actor)
    rows = connection.execute(sa.select(consent.c.act, consent.c.version, consent.c.at).where(his)).all()
    ledger = {row.act: row for row in rows}
    given, back = ledger.get(Act.GIVEN.value), ledger.get(Act.WITHDRAWN.value)
    return (given.version, back.at if back else None) if given else None


def add_withdrawal(connection: Connection, message_id: UUID, version: str, now: datetime, *, actor: UUID) -> bool:
    """Write that `actor` withdrew his consent; False, and nothing written, if that was done at the same time."""
    row = {"message_id": message_id, "act": Act.WITHDRAWN.value, "account_id": actor, "version": version, "at": now}
    once = insert(connection, consent).values(row).on_conflict_do_nothing().returning(consent.c.act)
    return connection.execute(once).first() is not None


def withdrawn(message_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Whether the consent for a message was withdrawn."""
    return sa.exists().where(consent.c.message_id == message_id, consent.c.act == Act.WITHDRAWN.value)


def take_purgeable(connection: Connection, now: datetime, limit: int) -> list[str]:
    """Mark messages whose files nobody can reach any more; the storage names of those files, to be deleted."""
    closed = sa.or_(message.c.dossier_expires_at <= now, withdrawn(message.c.message_id))
    ids = list(connection.execute(sa.select(message.c.message_id).where(_has_files, closed).limit(limit)).scalars())
    if not ids:
        return []
    connection.execute(sa.update(message).where(message.c.message_id.in_(ids)).values(files_purged_at=now))
    return list(
        connection.execute(sa.select(attachment.c.storage_name).where(attachment.c.message_id.in_(ids))).scalars()
    )


def kept_names(connection: Connection, names: Sequence[str]) -> set[str]:
    """Those of `names` that a message still refers to, and that hold no virus."""
    query = sa.select(attachment.c.storage_name).join(message)
    harmless = attachment.c.scan.is_distinct_from(Scan.INFECTED.value)
    live = query.where(attachment.c.storage_name.in_(names), message.c.files_purged_at.is_(None), harmless)
    return set(connection.execute(live).scalars())


def due_scans(connection: Connection, now: datetime, longest: timedelta, limit: int) -> Sequence[Any]:
    """Files that wait for a verdict: the oldest first, and last those that could not be judged a while ago, which wait
    for `longest` at most."""
    again = attachment.c.scan_again_at
    due = sa.and_(_unjudged, _has_files, sa.or_(again.is_(None), come(again, now, longest)))
    query = sa.select(attachment.c.file_id, attachment.c.storage_name).join(message).where(due)
    return connection.execute(query.order_by(again.is_not(None), again, attachment.c.file_id).limit(limit)).all()


def record_scan(connection: Connection, file_id: UUID, verdict: Scan | None, *, again_at: datetime) -> None:
    """Write the verdict on a file; without one, when to ask again."""
    values = {"scan": verdict.value} if verdict else {"scan_again_at": again_at}
    connection.execute(sa.update(attachment).where(attachment.c.file_id == file_id).values(**values))
