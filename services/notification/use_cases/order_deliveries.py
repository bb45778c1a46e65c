"""Order messages because of an event, in the transaction that took it from the bus."""

from collections.abc import Sequence

from backbone.events.cards import Event
from backbone.events.lanes import Lane
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.domain.kinds import MessageKind, Urgency
from services.notification.domain.orders import Order
from services.notification.steps.order_messages import Asked, Proof, order_messages


def order_deliveries(orders: Sequence[tuple[Event, Order]], *, uow: UnitOfWork, proof: Proof) -> int:
    """Write the orders as deliveries to be sent (`steps/order_messages.py`); how many are new."""
    return order_messages([_asked(event, order) for event, order in orders], uow=uow, proof=proof)


def _asked(event: Event, order: Order) -> Asked:
    fact = order.kind.fact(event.subject, event.sequence, event.data)
    return Asked(order, fact, _urgency(event, order.kind), _party(event))


def _urgency(event: Event, kind: MessageKind) -> Urgency:
    """What an import brings is nobody's present act: it leaves after all that is."""
    return max(kind.urgency, Urgency.COPY) if event.lane is Lane.BULK else kind.urgency


def _party(event: Event) -> str:
    """Whose messages take turns: an adhérent's; all that is bulk together; else those about one person or thing."""
    if event.lane is Lane.BULK:
        return Lane.BULK.value
    adherent = event.data.get("adherent")
    return str(adherent["adherent_id"]) if adherent else event.subject[:60]
