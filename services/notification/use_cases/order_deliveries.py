"""Order messages because of an event, in the transaction that took it from the bus."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Protocol

from backbone.events.cards import Event
from backbone.events.lanes import Lane
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.domain.deliveries import Status, send_before
from services.notification.domain.kinds import MessageKind, Urgency
from services.notification.domain.orders import WAKE, Order
from services.notification.domain.turns import turns
from services.notification.steps.announce_invitations import announce_invitations
from services.notification.storage import deliveries


class Proof(Protocol):
    """Who tries out a message before it is ordered."""

    def refusal(self, row: Any, /) -> str | None:
        """Why it can never be made; None when it can."""


def order_deliveries(orders: Sequence[tuple[Event, Order]], *, uow: UnitOfWork, proof: Proof) -> int:
    """Write the orders as deliveries to be sent, and wake who sends them; how many are new.

    An order that is a repeat, by its event's id or by the fact it tells, is left out. One whose message can never be
    made is written as what it is, a final failure with its reason: nothing will try it for three days (K11).
    """
    if not orders:
        return 0
    rows = [_row(event, order, uow.now) for event, order in orders]
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


def _urgency(event: Event, kind: MessageKind) -> Urgency:
    """What an import brings is nobody's present act: it leaves after all that is."""
    return max(kind.urgency, Urgency.COPY) if event.lane is Lane.BULK else kind.urgency


def _party(event: Event) -> str:
    """Whose messages take turns: an adhérent's; all that is bulk together; else those about one person or thing."""
    if event.lane is Lane.BULK:
        return Lane.BULK.value
    adherent = event.data.get("adherent")
    return str(adherent["adherent_id"]) if adherent else event.subject[:60]


def _row(event: Event, order: Order, now: datetime) -> dict[str, Any]:
    return {
        "delivery_id": new_id(),
        "event_id": order.event_id,
        "fact": order.kind.fact(event.subject, event.sequence, event.data),
        "template": order.kind.name,
        "medium": order.kind.medium.value,
        "urgency": int(_urgency(event, order.kind)),
        "party": _party(event),
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
