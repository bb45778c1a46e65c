"""Write messages as deliveries to be sent, in the transaction that decides on them, and wake who sends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.domain.deliveries import Status, send_before
from services.notification.domain.kinds import Urgency
from services.notification.domain.orders import WAKE, Order
from services.notification.domain.turns import turns
from services.notification.steps.announce_invitations import announce_invitations
from services.notification.storage import deliveries


class Proof(Protocol):
    """Who tries out a message before it is ordered."""

    def refusal(self, row: Any, /) -> str | None:
        """Why it can never be made; None when it can."""


@dataclass(frozen=True)
class Asked:
    """A message to one person: what it tells (`MessageKind.fact`), how soon it leaves, whose turn it takes."""

    order: Order
    fact: str
    urgency: Urgency
    party: str


def order_messages(asked: Sequence[Asked], *, uow: UnitOfWork, proof: Proof) -> int:
    """Write what is asked as deliveries; how many are new.

    What is a repeat, by its event's id or by the fact it tells, is left out. What can never be made is written as what
    it is, a final failure with its reason: nothing will try it for three days (K11).
    """
    if not asked:
        return 0
    rows = [_row(one, uow.now) for one in asked]
    parties = [row["party"] for row in rows]
    last = deliveries.last_turns(uow.connection, set(parties))
    for row, turn in zip(rows, turns(parties, last, uow.now), strict=True):
        row["turn"] = turn
    refused = [row for row in rows if _refused(row, proof, uow.now)]
    new = set(deliveries.add(uow.connection, rows))
    announce_invitations((SimpleNamespace(**row) for row in refused if row["delivery_id"] in new), uow=uow)
    uow.wake(WAKE)
    return len(new)


def _refused(row: dict[str, Any], proof: Proof, now: datetime) -> bool:
    """Whether the message of `row` can never be made; the row then says so."""
    reason = proof.refusal(SimpleNamespace(**row))
    if reason is not None:
        end = {"status": Status.ECHEC_DEFINITIF.value, "reason": reason, "finished_at": now}
        row |= {**end, "next_attempt_at": None, "sealed": None}
    return reason is not None


def _row(asked: Asked, now: datetime) -> dict[str, Any]:
    order = asked.order
    return {
        "delivery_id": new_id(),
        "event_id": order.event_id,
        "fact": asked.fact,
        "template": order.kind.name,
        "medium": order.kind.medium.value,
        "urgency": int(asked.urgency),
        "party": asked.party,
        "recipient": order.recipient,
        "reply_to": order.reply_to,
        "context": dict(order.context),
        "sealed": order.sealed,
        "send_before": send_before(order.expires_at, order.kind.margin),
        "status": Status.A_ENVOYER.value,
        "attempts": 0,
        "next_attempt_at": now,
        "reason": None,
        "ordered_at": now,
        "finished_at": None,
    }
