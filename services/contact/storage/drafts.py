"""The drafts of messages, and their files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.store.database import insert
from contracts.words.statuses import Scan
from services.contact.storage.tables import draft, draft_file

HARMLESS = draft_file.c.scan.is_distinct_from(Scan.INFECTED.value)


def keep_words(
    connection: Connection, adherent_id: UUID, objet: str, message: str, until: datetime, *, actor: UUID
) -> None:
    """The draft of `actor` says this from now on, and lives until `until`."""
    row = {"account_id": actor, "adherent_id": adherent_id, "objet": objet, "message": message, "expires_at": until}
    said = {name: row[name] for name in ("objet", "message", "expires_at")}
    connection.execute(_upsert(connection, row, said))


def keep_open(connection: Connection, adherent_id: UUID, until: datetime, *, actor: UUID) -> None:
    """There is a draft of `actor`, with the words that it has, and it lives until `until`."""
    row = {"account_id": actor, "adherent_id": adherent_id, "objet": "", "message": "", "expires_at": until}
    connection.execute(_upsert(connection, row, {"expires_at": until}))


def _upsert(connection: Connection, row: Mapping[str, Any], changed: Mapping[str, Any]) -> Any:
    added = insert(connection, draft).values(**row)
    return added.on_conflict_do_update(index_elements=["account_id", "adherent_id"], set_=dict(changed))


def add_files(connection: Connection, adherent_id: UUID, files: Sequence[Mapping[str, Any]], *, actor: UUID) -> None:
    """Add `files` to the draft of `actor`, which there is."""
    rows = [{**one, "account_id": actor, "adherent_id": adherent_id} for one in files]
    if rows:
        connection.execute(sa.insert(draft_file), rows)


def files_of(connection: Connection, account_id: UUID, adherent_id: UUID) -> Sequence[Any]:
    """The files of a draft, in the order in which they came."""
    return connection.execute(sa.select(draft_file).where(_of(account_id, adherent_id)).order_by(*IN_ORDER)).all()


def bytes_kept(connection: Connection, account_id: UUID) -> int:
    """The bytes of the files of all drafts of `account_id`."""
    kept = sa.select(sa.func.coalesce(sa.func.sum(draft_file.c.size), 0))
    return int(connection.execute(kept.where(draft_file.c.account_id == account_id, HARMLESS)).scalar_one())


def take_file(connection: Connection, adherent_id: UUID, file_id: UUID, *, actor: UUID) -> str | None:
    """Take a file out of the draft of `actor`; its storage name, None when it is not there."""
    gone = sa.delete(draft_file).where(_of(actor, adherent_id), draft_file.c.file_id == file_id)
    return connection.execute(gone.returning(draft_file.c.storage_name)).scalar()


def take_draft(connection: Connection, adherent_id: UUID, *, actor: UUID) -> list[str]:
    """Forget the draft of `actor` with its files, whose storage names come back.

    The draft is locked before its files, here as where drafts are purged: the two never wait for each other.
    """
    his = sa.and_(draft.c.account_id == actor, draft.c.adherent_id == adherent_id)
    connection.execute(sa.select(draft.c.account_id).where(his).with_for_update())
    gone = sa.delete(draft_file).where(_of(actor, adherent_id)).returning(draft_file.c.storage_name)
    names = list(connection.execute(gone).scalars())
    connection.execute(sa.delete(draft).where(his))
    return names


def take_expired(connection: Connection, now: datetime, limit: int) -> tuple[int, list[str]]:
    """Forget up to `limit` drafts that expired: how many, and the storage names of their files."""
    due = sa.select(draft.c.account_id, draft.c.adherent_id).where(draft.c.expires_at <= now)
    # Locked: who writes in one at this moment keeps it open first, or finds that there is none.
    found = [tuple(row) for row in connection.execute(due.limit(limit).with_for_update())]
    if not found:
        return 0, []
    of_those = sa.tuple_(draft_file.c.account_id, draft_file.c.adherent_id).in_(found)
    gone = sa.delete(draft_file).where(of_those).returning(draft_file.c.storage_name)
    names = list(connection.execute(gone).scalars())
    connection.execute(sa.delete(draft).where(sa.tuple_(draft.c.account_id, draft.c.adherent_id).in_(found)))
    return len(found), names


def _of(account_id: UUID, adherent_id: UUID) -> sa.ColumnElement[bool]:
    return sa.and_(draft_file.c.account_id == account_id, draft_file.c.adherent_id == adherent_id)


# An id is made of the time (UUID version 7): the order of ids is that of coming.
IN_ORDER = (draft_file.c.file_id,)
