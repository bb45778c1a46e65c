"""What a service holds of the delegations, compared with what delegation says they are, and repaired (decision 55).

delegation says each of its delegations as a line of JSON (`ask delegations`), over or not, between a head and an end;
who holds a projection reads them from its standard input. Everything is compared by (epoch, sequence), as events are:
what is newer here than what was said is newer word, and no difference.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from backbone.clock import APART
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights import access
from backbone.strict_json import NotStrict, loads
from contracts.events.access import HELD, row_of
from contracts.events.stated import DELEGATION_STATED

CHUNK = 500
# One delegation as delegation says it: its order (epoch, sequence), and its state.
Said = tuple[Mapping[str, int], Mapping[str, Any]]
Lines = Iterable[str]
UNKNOWN = "unknown"  # to delegation, and held as not over
MISSING = "missing"  # here


class CutShort(ValueError):
    """What was read has no head, no end, or not as many lines as its end says: nothing is known of what lacks."""


def head(epoch: int) -> dict[str, Any]:
    """What is said before all: the epoch of it, and an id that is older than whatever is made from now on."""
    return {"epoch": epoch, "before": str(new_id())}


def said(sequence: int, state: Mapping[str, Any]) -> dict[str, Any]:
    """A delegation that is `state` (`DelegationState`)."""
    return {"sequence": sequence, "state": DELEGATION_STATED.dump(state)}


def end(count: int) -> dict[str, Any]:
    """That this was all, and how many."""
    return {"said": count}


class Truth:
    """What delegation said, read once. CutShort when it is not whole; of an end that lacks, when all was read."""

    def __init__(self, lines: Lines) -> None:
        self._lines, self.known = iter(lines), set[UUID]()
        try:
            first = loads(next(self._lines).encode())
            self._epoch, made = int(first["epoch"]), UUID(first["before"])
        except (StopIteration, ValueError, KeyError) as error:
            raise CutShort("what delegation says begins with a head: is it there?") from error
        # What was opened while it was said is perhaps not in it; clocks differ, and ids are of clocks.
        self._young = UUID(int=made.int - (int(APART.total_seconds() * 1000) << 80))

    def chunks(self) -> Iterator[list[Said]]:
        """All delegations, some at a time."""
        while chunk := [one for line in islice(self._lines, CHUNK) if (one := self._read(line))]:
            self.known.update(state["delegation_id"] for _, state in chunk)
            yield chunk
        if self._said != len(self.known):
            raise CutShort(f"{len(self.known)} delegations were read, and {self._said} said")

    _said: int | None = None

    def _read(self, text: str) -> Said | None:
        try:
            line = loads(text.encode())
        except NotStrict as error:
            raise CutShort("a line of what delegation says was cut") from error
        if "said" in line:
            self._said = int(line["said"])
            return None
        return {"epoch": self._epoch, "sequence": line["sequence"]}, DELEGATION_STATED.load(line["state"])

    def unknown(self, ids: Iterable[UUID]) -> list[UUID]:
        """Those of `ids` that delegation does not know; none that is so young that it may not have been said."""
        return [one for one in ids if one not in self.known and one < self._young]


@dataclass(frozen=True)
class Side:
    """How one service holds delegations. `held`: its rows by delegation. `differs`: what a row (None: none) has not as
    it was said. `keep`: write what was said over what is held. `open_ids`: the next ids held as not over. `close`."""

    held: Callable[[Connection, Collection[UUID]], Mapping[UUID, Mapping[str, Any]]]
    differs: Callable[[Mapping[str, Any] | None, Said], Sequence[str]]
    keep: Callable[[Sequence[Said], UnitOfWork], None]
    open_ids: Callable[[Connection, UUID | None, int], Sequence[UUID]]
    close: Callable[[Sequence[UUID], UnitOfWork], None]


def reconciled(
    lines: Lines, side: Side, *, repair: bool, units: Callable[[], UnitOfWork]
) -> Iterator[Mapping[str, Any]]:
    """A line for each delegation that is not here as delegation says, `repair`ed if that is asked; last, how many.

    `late`: what was said is newer than what is held, so its event may be on its way. Raises CutShort, before anything
    is held for over.
    """
    truth, found = Truth(lines), 0
    for chunk in truth.chunks():
        with units() as uow:
            wrong = list(_wrong(uow.connection, chunk, side))
            if repair and wrong:
                side.keep([one for one, _ in wrong], uow)
                uow.commit()
        for _, told in wrong:
            found += 1
            yield told
    after: UUID | None = None
    while True:
        with units() as uow:
            ids = side.open_ids(uow.connection, after, CHUNK)
            unknown = truth.unknown(ids)
            if repair and unknown:
                side.close(unknown, uow)
                uow.commit()
        for one in unknown:
            found += 1
            yield {"delegation_id": one, "differs": [UNKNOWN], "late": False}
        if not ids:
            break
        after = ids[-1]
    yield {"compared": len(truth.known), "differences": found, "repaired": repair}


def _wrong(connection: Connection, chunk: Sequence[Said], side: Side) -> Iterator[tuple[Said, Mapping[str, Any]]]:
    held = side.held(connection, [state["delegation_id"] for _, state in chunk])
    for one in chunk:
        order, state = one
        row = held.get(state["delegation_id"])
        here = (row["epoch"], row["sequence"]) if row else (-1, -1)
        names = side.differs(row, one)
        if names and here <= (order["epoch"], order["sequence"]):
            late = row is None or here < (order["epoch"], order["sequence"])
            yield one, {"delegation_id": state["delegation_id"], "differs": list(names), "late": late}


# The access projection, which dsn, contact and notification hold alike.


def reconcile_access(truth: Lines, *, repair: bool, units: Callable[[], UnitOfWork]) -> Iterator[Mapping[str, Any]]:
    """The rights that this service decides by, compared with delegation's, and repaired."""
    yield from reconciled(truth, ACCESS_SIDE, repair=repair, units=units)


def _held(connection: Connection, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    table = access.table()
    rows = connection.execute(sa.select(table).where(table.c.grant_id.in_(list(ids)))).mappings()
    return {row["grant_id"]: dict(row) for row in rows}


def _differs(row: Mapping[str, Any] | None, one: Said) -> Sequence[str]:
    want = row_of(*one)
    if row is None:
        return [MISSING] if want["open"] else []
    if not (row["open"] or want["open"]):
        return []  # what opens nothing is never read
    return [name for name, value in want.items() if name not in ("epoch", "sequence") and row[name] != value]


def _keep(wrong: Sequence[Said], uow: UnitOfWork) -> None:
    """What is held in their place is of the same version or an older one, and would stay: it goes first."""
    table = access.table()
    for order, state in wrong:
        older = sa.tuple_(table.c.epoch, table.c.sequence) <= sa.tuple_(order["epoch"], order["sequence"])
        uow.connection.execute(sa.delete(table).where(table.c.grant_id == state["delegation_id"], older))
    HELD.keep(uow.connection, [row_of(*one) for one in wrong])


def _open_ids(connection: Connection, after: UUID | None, limit: int) -> Sequence[UUID]:
    key = access.table().c.grant_id
    later = () if after is None else (key > after,)
    query = sa.select(key).where(access.table().c.open.is_(True), *later).order_by(key).limit(limit)
    return list(connection.scalars(query))


def _close(ids: Sequence[UUID], uow: UnitOfWork) -> None:
    table = access.table()
    uow.connection.execute(sa.update(table).where(table.c.grant_id.in_(list(ids))).values(open=False))


ACCESS_SIDE = Side(_held, _differs, _keep, _open_ids, _close)
