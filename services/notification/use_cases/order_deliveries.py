"""Order messages because of an event, in the transaction that took it from the bus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.unit_of_work import UnitOfWork
from services.notification import storage
from services.notification.domain.catalogue import MessageKind
from services.notification.domain.deliveries import Status, send_before

WAKE = "deliveries"


@dataclass(frozen=True)
class Order:
    """One message to one person. `context` is JSON-plain and holds no secret; `sealed` holds those it needs."""

    event_id: UUID
    kind: MessageKind
    recipient: str
    context: Mapping[str, Any]
    sealed: str | None = None
    expires_at: datetime | None = None
    reply_to: str | None = field(default=None)


def order_deliveries(orders: Sequence[Order], *, uow: UnitOfWork) -> int:
    """Write the orders as deliveries to be sent, and wake who sends them; how many are new."""
    if not orders:
        return 0
    added = storage.add(uow.connection, [_row(order, uow.now) for order in orders])
    uow.wake(WAKE)
    return added


def _row(order: Order, now: datetime) -> dict[str, Any]:
    return {
        "delivery_id": new_id(),
        "event_id": order.event_id,
        "template": order.kind.name,
        "medium": order.kind.medium.value,
        "urgency": int(order.kind.urgency),
        "recipient": order.recipient,
        "reply_to": order.reply_to,
        "context": dict(order.context),
        "sealed": order.sealed,
        "send_before": send_before(order.expires_at, order.kind.margin),
        "status": Status.A_ENVOYER.value,
        "attempts": 0,
        "next_attempt_at": now,
        "ordered_at": now,
    }
