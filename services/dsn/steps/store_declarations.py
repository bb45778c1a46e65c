"""Store a batch of read declarations and look at their sites: one transaction, a handful of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.domain.deposit import Deposit, fund_code
from services.dsn.domain.facts import RefusedPiece
from services.dsn.domain.neodes.faults import Status
from services.dsn.domain.neodes.header import deposit_of
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.neodes.refused import refused_piece
from services.dsn.domain.neodes.scan import Junk
from services.dsn.domain.site import Patience
from services.dsn.steps.evaluate_sites import EvaluateSites, evaluate_sites
from services.dsn.storage import declarations, sites
from services.dsn.storage.declarations import NewDeposit
from services.dsn.storage.imports import Item
from services.dsn.storage.refused import write_refused


@dataclass(frozen=True)
class Batch:
    """What every batch of one import shares."""

    import_id: UUID
    today: date
    patience: Patience
    client: str

    def evaluation(self, site_ids: Collection[UUID]) -> EvaluateSites:
        """Look at the sites because of it; its client did it."""
        return EvaluateSites(site_ids, f"import {self.import_id}", self.client)


@dataclass(frozen=True)
class _Judged:
    """A piece of the file: its lines, what failed, and its deposit when it is one."""

    piece: Reading | Junk
    deposit: Deposit | None
    refused: RefusedPiece | None
    found: list[tuple[str, int]]

    @property
    def fact(self) -> Deposit | RefusedPiece | None:
        """What is known of the establishment it names; null when it names none, or no month."""
        return self.deposit or self.refused


def store_declarations(pieces: Sequence[Reading | Junk], batch: Batch, uow: UnitOfWork) -> list[Item]:
    """What became of each piece. A rejected one is a fact, too, when it names an establishment and a month: somebody
    did declare. Facts are judged at once with their sites."""
    connection = uow.connection
    judged = [_judge(piece, batch.today, uow.now) for piece in pieces]
    firsts = _first_of_each(judged)
    known = sites.with_sirets(connection, {one.fact.siret for one in judged if one.fact})
    digests = declarations.digests(connection, firsts)
    new = [
        NewDeposit(deposit, [code for code, _ in one.found], deposit.siret not in known)
        for identity, (deposit, one) in firsts.items()
        if identity not in digests
    ]
    written = declarations.write_deposits(connection, new, batch.import_id, uow.now)
    refused = [one.refused for one in judged if one.refused]
    tried = write_refused(connection, refused, batch.import_id, known, uow.now)
    touched = {one.deposit.siret for one in new if one.deposit.identity in written}
    touched |= {one.siret for one in refused if one.identity in tried}
    ids = [row.site_id for siret in touched for row in known.get(siret, ())]
    evaluate_sites(batch.evaluation(ids), uow=uow, patience=batch.patience)
    return [_item(one, _digest_before(one, firsts, digests), known, batch.patience) for one in judged]


def _judge(piece: Reading | Junk, today: date, now: datetime) -> _Judged:
    deposit = deposit_of(piece, today) if isinstance(piece, Reading) else None
    refused = refused_piece(piece, today, now) if isinstance(piece, Reading) else None
    # What refuses a piece comes first: it is what the report says of it.
    faults = sorted(piece.faults, key=lambda one: not one.control.rejects)
    return _Judged(piece, deposit, refused, [(one.control.code, one.line) for one in faults])


def _first_of_each(judged: Sequence[_Judged]) -> dict[str, tuple[Deposit, _Judged]]:
    """The first piece of each declaration: a later one of the same batch is a repeat."""
    firsts: dict[str, tuple[Deposit, _Judged]] = {}
    for one in judged:
        if one.deposit:
            firsts.setdefault(one.deposit.identity, (one.deposit, one))
    return firsts


def _digest_before(
    one: _Judged, firsts: Mapping[str, tuple[Deposit, _Judged]], digests: Mapping[str, str]
) -> str | None:
    """The content that was already known under the identity of this piece; None when it is the first."""
    if one.deposit is None:
        return None
    deposit, first = firsts[one.deposit.identity]
    return digests.get(deposit.identity, None if first is one else deposit.digest)


def _item(one: _Judged, before: str | None, known: Mapping[str, list[Any]], patience: Patience) -> Item:
    piece, deposit = one.piece, one.deposit
    if deposit is None:
        rejected = any(each.control.rejects for each in piece.faults)
        named = (one.refused.siret, str(one.refused.period)) if one.refused else (None, None)
        return Item(piece.first_line, piece.last_line, Status.REJECTED if rejected else Status.WARN, one.found, *named)
    codes = _fund_codes(deposit, known.get(deposit.siret, ()), patience.fund_codes)
    status = Status.WARN if one.found or codes else Status.OK
    if before == deposit.digest:
        status, codes = Status.OK, ["deja_recue"]
    elif before is not None:
        status, codes = Status.WARN, ["flux_reutilise"]
    elif deposit.siret not in known:
        status, codes = Status.QUARANTINED, ["siret_inconnu", *codes]
    found = [*((code, piece.first_line) for code in codes), *one.found]
    return Item(piece.first_line, piece.last_line, status, found, deposit.siret, str(deposit.period))


def _fund_codes(deposit: Deposit, rows: Sequence[Any], codes: Mapping[str, str]) -> list[str]:
    """Whether the declaration names the caisse of its establishment (S21.G00.40.022, S20.G00.08)."""
    if not deposit.addressed and deposit.individuals:
        return ["sans_code_caisse"]
    if rows and deposit.addressed and not any(deposit.is_for(fund_code(row.caisse, codes)) for row in rows):
        return ["autre_caisse"]
    return []
