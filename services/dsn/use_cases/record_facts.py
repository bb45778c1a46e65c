"""The caisse's systems tell facts: each becomes an event, once, all of a request in one transaction.

dsn hears them from the bus like everybody's, so that order, repeats and replays are the bus's affair.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backbone.errors import Invalid
from backbone.events.cards import EventCard
from backbone.events.lanes import Lane, in_lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.facts import CALENDAR_OVERRIDDEN, FACT_ID, PROCESSING_FAILED
from services.dsn.domain.overrides import overrides_of
from services.dsn.domain.site import Patience
from services.dsn.domain.told import Said, due_dates_told, is_of_tomorrow, names_a_declaration
from services.dsn.domain.verdicts import RECORDED, REPEATED, Verdict, refused
from services.dsn.storage import told_facts
from services.dsn.storage.told_facts import Claim


@dataclass(frozen=True)
class FactSaid:
    """A fact that was read: the sender's id, its card, its data."""

    id: str
    card: EventCard
    data: Said


@dataclass(frozen=True)
class RecordFacts:
    """Who tells, and what: facts, and the verdicts of those that could not be read, in their order."""

    client: str
    said: Sequence[FactSaid | Verdict]


@in_lane(Lane.BULK)
def record_facts(command: RecordFacts, *, uow: UnitOfWork, patience: Patience) -> dict[str, Any]:
    """Record each fact whose id is new; what became of each, in their order."""
    judged = [_judged(one, uow, patience) for one in command.said]
    firsts: dict[str, tuple[FactSaid, Claim]] = {}
    for one in judged:
        if isinstance(one, FactSaid) and one.id not in firsts:
            firsts[one.id] = one, Claim(one.id, _digest(one), new_id())
    known = told_facts.claim(uow.connection, command.client, [claim for _, claim in firsts.values()], uow.now)
    new = {id for id, (_, claim) in firsts.items() if known[id].fact_id == claim.fact_id}
    for said, claim in firsts.values():
        if said.id in new:
            uow.record(said.card, sequence=1, data={**said.data, "fact_id": claim.fact_id})
    return {"facts": [_verdict(one, known, new).as_plain() for one in judged]}


def _judged(one: FactSaid | Verdict, uow: UnitOfWork, patience: Patience) -> FactSaid | Verdict:
    """`one`, or its refusal when it says what cannot be."""
    if isinstance(one, Verdict):
        return one
    if is_of_tomorrow(one.data, uow.now):
        return refused(one.id, "date_future")
    if one.card is PROCESSING_FAILED and not names_a_declaration(one.data):
        return refused(one.id, "sans_declaration")
    if one.card is CALENDAR_OVERRIDDEN:
        try:
            overrides_of(due_dates_told(one.data), patience.region(one.data["caisse"]), one.data["said_at"])
        except Invalid as error:
            return refused(one.id, error.slug, error.detail)
    return one


def _verdict(one: FactSaid | Verdict, known: Mapping[str, Claim], new: set[str]) -> Verdict:
    """The first of an id is recorded; what comes again under it is a repeat, or contradicts it."""
    if isinstance(one, Verdict):
        return one
    if known[one.id].digest != _digest(one):
        return refused(one.id, "contredit")
    if one.id in new:
        new.discard(one.id)
        return Verdict(one.id, RECORDED)
    return Verdict(one.id, REPEATED)


def _digest(one: FactSaid) -> str:
    """Of what is recorded alone: what the sender wrote beside it may be personal, and is not kept in any form."""
    payload = one.card.dump({**one.data, "fact_id": FACT_ID})
    return hashlib.sha256(json.dumps([one.card.type, payload], sort_keys=True).encode()).hexdigest()
