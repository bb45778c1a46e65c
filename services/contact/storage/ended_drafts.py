"""Which draft is written in now: the page of one that ended adds nothing to the one after it (decision 70)."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from backbone.store.database import insert
from services.contact.domain.draft import FIRST
from services.contact.storage.tables import ended_draft


def current_id(connection: Connection, account_id: UUID, adherent_id: UUID) -> UUID:
    """The id that the last one that ended left to the next; FIRST when none ended lately."""
    return _left(connection, account_id, adherent_id) or FIRST


def has_ended(connection: Connection, adherent_id: UUID, draft_id: UUID | None, *, actor: UUID) -> bool:
    """Whether that draft of `actor` was sent or given up. None: a page of the version before, which does not say."""
    left = _left(connection, actor, adherent_id) if draft_id else None
    return left is not None and left != draft_id


def note_ended(connection: Connection, adherent_id: UUID, at: datetime, *, actor: UUID) -> None:
    """The draft of `actor` ends; what is written from now on is another."""
    said = {"next_id": new_id(), "ended_at": at}
    row = insert(connection, ended_draft).values(account_id=actor, adherent_id=adherent_id, **said)
    connection.execute(row.on_conflict_do_update(index_elements=["account_id", "adherent_id"], set_=said))


def forget_ended(connection: Connection, before: datetime, limit: int) -> int:
    """Forget up to `limit` ends of before that moment: how many."""
    due = sa.select(ended_draft.c.account_id, ended_draft.c.adherent_id).where(ended_draft.c.ended_at <= before)
    found = [tuple(row) for row in connection.execute(due.limit(limit).with_for_update())]
    if found:
        those = sa.tuple_(ended_draft.c.account_id, ended_draft.c.adherent_id).in_(found)
        connection.execute(sa.delete(ended_draft).where(those))
    return len(found)


def _left(connection: Connection, account_id: UUID, adherent_id: UUID) -> UUID | None:
    his = sa.and_(ended_draft.c.account_id == account_id, ended_draft.c.adherent_id == adherent_id)
    return connection.execute(sa.select(ended_draft.c.next_id).where(his)).scalar()
