"""Who proved himself to ask for new bank details of an adhérent (G78), until his account changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from services.identity.storage.bank_tables import bank_proofs


def add(connection: Connection, proof_id: UUID, account_id: UUID, adherent_id: UUID, now: datetime) -> None:
    """Keep a proof."""
    row = {"proof_id": proof_id, "account_id": account_id, "adherent_id": adherent_id, "proved_at": now}
    connection.execute(sa.insert(bank_proofs).values(row))


def end(connection: Connection, account_id: UUID, reason: str, now: datetime) -> Sequence[Any]:
    """End those of an account; the rows that ended."""
    mine = (bank_proofs.c.account_id == account_id, bank_proofs.c.ended_at.is_(None))
    ended = sa.update(bank_proofs).where(*mine).values(ended_at=now, ended_by=reason)
    return connection.execute(ended.returning(bank_proofs.c.proof_id)).all()


def purge(connection: Connection, before: datetime) -> int:
    """Forget those given before then; how many."""
    return connection.execute(sa.delete(bank_proofs).where(bank_proofs.c.proved_at < before)).rowcount
