"""The append-only journal: who did what, when, and what the delegation was worth after it (D18).

It is written by the same function as the change itself, so it cannot be forgotten; triggers refuse any other change.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.ids import new_id
from contracts.words.changes import SOMEBODY
from contracts.words.journal import Act
from services.delegation.domain.authority import author_shown
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Grant
from services.delegation.storage import shown_texts
from services.delegation.storage.rows import grant_of, plain_grant
from services.delegation.storage.sight import accounts_seen
from services.delegation.storage.tables import journal

__all__ = ["CALENDAR", "GONE", "REFERENTIAL", "SAME_PERSON", "Act", "Author"]


@dataclass(frozen=True)
class Author:
    """Who acts: a person with his account, or one of the system's own causes; and why, where that must be said."""

    name: str
    account_id: UUID | None = None
    email: str | None = None
    reason: str | None = None

    @classmethod
    def of(cls, delegation: Delegation) -> "Author":
        """The holder of `delegation`."""
        who = delegation.beneficiary
        name = " ".join(part for part in (who.prenom, who.nom) if part)
        return cls(name or who.email, who.account_id, who.email)


REFERENTIAL = Author("Référentiel de la caisse")
CALENDAR = Author("Date de fin atteinte")
SAME_PERSON = Author("Le bénéficiaire a déjà une délégation")
GONE = Author("Le bénéficiaire a quitté cette adresse")


def write(connection: Connection, changed: Sequence[Delegation], act: Act, author: Author | None, at: datetime) -> None:
    """One entry for each delegation, in one statement, with what a person was shown who did it. Without an author its
    holder himself acted."""
    entries = [
        {
            "id": new_id(),
            "at": at,
            "adherent_id": delegation.adherent_id,
            "delegation_id": delegation.id,
            "sequence": delegation.sequence,
            "act": str(act),
            "author_id": who.account_id,
            "author": who.name,
            "author_email": who.email,
            "reason": who.reason,
            "scope": plain_grant(delegation.effective),
        }
        for delegation, who in ((one, author or Author.of(one)) for one in changed)
    ]
    if entries:
        connection.execute(sa.insert(journal), entries)
    if author.account_id if author else act is Act.IDENTIFICATION:
        shown_texts.keep(connection, changed, act)


def grant_at(connection: Connection, delegation_id: UUID, sequence: int) -> Grant | None:
    """What a delegation was worth as its version `sequence`; None when it never had that version."""
    query = sa.select(journal.c.scope).where(journal.c.delegation_id == delegation_id, journal.c.sequence == sequence)
    scope = connection.scalar(query)
    return grant_of(scope) if scope else None


def was_done(connection: Connection, delegation_ids: Collection[UUID], act: Act) -> bool:
    """Whether `act` was ever done to one of these delegations."""
    done = sa.exists().where(journal.c.delegation_id.in_(list(delegation_ids)), journal.c.act == str(act))
    return bool(connection.scalar(sa.select(done)))


def opened_by(connection: Connection, reader: Delegation, delegation_id: UUID) -> str | None:
    """Who opened a delegation, as `reader` may see him (K10, D18)."""
    query = sa.select(journal).where(journal.c.delegation_id == delegation_id).order_by(journal.c.sequence)
    first = next(iter(_as_seen(connection, reader, query.limit(1))), None)
    return first["author"] if first else None


def authors(connection: Connection, reader: Delegation, acts: Collection[Act]) -> dict[Act, str | None]:
    """By act, who last did it to the delegation of `reader`, as he may read him (K10), never by an address; None for
    what no other person did."""
    which = (journal.c.delegation_id == reader.id, journal.c.act.in_([str(act) for act in acts]))
    rows = _as_seen(connection, reader, sa.select(journal).where(*which).order_by(journal.c.sequence))
    return {
        Act(row["act"]): (SOMEBODY if row["author"] == row["author_email"] else row["author"])
        if row["author_id"] and row["author_id"] != reader.beneficiary.account_id
        else None
        for row in rows
    }


def last_entry(connection: Connection, reader: Delegation, delegation_id: UUID) -> dict[str, Any] | None:
    """The latest of them: who changed it last, and when (AA52)."""
    query = sa.select(journal).where(journal.c.delegation_id == delegation_id).order_by(journal.c.sequence.desc())
    return next(iter(_as_seen(connection, reader, query.limit(1))), None)


def _as_seen(connection: Connection, reader: Delegation, query: sa.Select[Any]) -> list[dict[str, Any]]:
    seen = accounts_seen(connection, reader)
    rows = connection.execute(query).mappings().all()
    return [{**row, "author": author_shown(row["author"], row["author_id"], seen)} for row in rows]
