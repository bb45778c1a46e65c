"""Requests for new bank details: of which adhérent, where they stand, and what ended them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import paris_day
from backbone.store.database import insert
from contracts.words.bank_details import BankState as State
from services.delegation.domain.bank_request import BankRequest
from services.delegation.storage import delegations
from services.delegation.storage.bank_tables import bank_requests, ended_bank_proofs
from services.delegation.storage.tables import journal

OF_PROOF = ("spoiled_at", "spoiled_by")
_SOURCE = bank_requests.outerjoin(ended_bank_proofs, ended_bank_proofs.c.proof_id == bank_requests.c.id)
_QUERY = sa.select(
    bank_requests, ended_bank_proofs.c.ended_at.label("spoiled_at"), ended_bank_proofs.c.reason.label("spoiled_by")
).select_from(_SOURCE)


def add(connection: Connection, new: BankRequest) -> None:
    """Keep a new one."""
    row = {name: value for name, value in asdict(new).items() if name not in OF_PROOF}
    connection.execute(sa.insert(bank_requests).values(row))


def cancel(connection: Connection, request_id: UUID, by: str, at: datetime) -> None:
    """It is cancelled."""
    mine = bank_requests.c.id == request_id
    connection.execute(sa.update(bank_requests).where(mine).values(cancelled_at=at, cancelled_by=by))


def mark_used(connection: Connection, request_id: UUID, at: datetime) -> None:
    """Its author went on to the caisse's, for the first time."""
    connection.execute(sa.update(bank_requests).where(bank_requests.c.id == request_id).values(used_at=at))


def note_ended(connection: Connection, proof_id: UUID, reason: str, at: datetime) -> bool:
    """identity ended that proof; whether that is news."""
    row = insert(connection, ended_bank_proofs).values({"proof_id": proof_id, "reason": reason, "ended_at": at})
    noted = row.on_conflict_do_nothing(index_elements=["proof_id"]).returning(ended_bank_proofs.c.proof_id)
    return connection.execute(noted).first() is not None


def was_ended(connection: Connection, proof_id: UUID) -> bool:
    """Whether identity ended that proof."""
    query = sa.select(ended_bank_proofs.c.proof_id).where(ended_bank_proofs.c.proof_id == proof_id)
    return connection.execute(query).first() is not None


def of_adherent(connection: Connection, adherent_id: UUID) -> list[BankRequest]:
    """Those of an adhérent, the newest first."""
    query = _QUERY.where(bank_requests.c.adherent_id == adherent_id)
    ordered = query.order_by(bank_requests.c.asked_at.desc(), bank_requests.c.id.desc())
    return [BankRequest(**row) for row in connection.execute(ordered).mappings()]


def find(connection: Connection, request_id: UUID) -> BankRequest | None:
    """One of them by its id."""
    row = connection.execute(_QUERY.where(bank_requests.c.id == request_id)).mappings().first()
    return BankRequest(**row) if row else None


def states(connection: Connection, requests: Sequence[BankRequest], now: datetime) -> dict[UUID, State]:
    """Where each stands. Its author administers by the delegation of then, and the journal says that he never did not
    in between: a right that was taken and given again opens nothing."""
    ids = {one.delegation_id for one in requests}
    if not ids:
        return {}
    held, day = delegations.by_ids(connection, ids), paris_day(now)
    first = min(one.asked_at for one in requests)
    columns = (journal.c.delegation_id, journal.c.at, journal.c.scope)
    lines = connection.execute(sa.select(*columns).where(journal.c.delegation_id.in_(ids), journal.c.at >= first)).all()

    def administers(one: BankRequest) -> bool:
        by = held[one.delegation_id]
        later = [line for line in lines if line.delegation_id == by.id and line.at >= one.asked_at]
        still = all(line.scope["administrator"] for line in later)
        return still and by.usable_on(day) and by.effective.scope.administrator and not by.of_the_firm

    return {one.id: one.state_at(now, administers(one)) for one in requests}
