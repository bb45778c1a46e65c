"""The bus way in: each event orders its messages, whole batches in one statement."""

from collections.abc import Callable, Mapping, Sequence

from backbone.events.cards import Event
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.messages import EVENTS, answering
from services.notification.use_cases.order_deliveries import Proof, order_deliveries


def _write(event_type: str) -> Callable[..., None]:
    """The listener that orders the messages of an event."""
    messages = answering(event_type)

    @batch
    def on_events(events: Sequence[Event], *, uow: UnitOfWork, proof: Proof) -> None:
        asked = [(event, order) for event in events for message in messages for order in message.orders(event)]
        order_deliveries(asked, uow=uow, proof=proof)

    on_events.__doc__ = f"Order {', '.join(message.KIND.name for message in messages)}."
    return on_events


# Each message says in its folder which event it is written for.
LISTENS: Mapping[str, Callable[..., None]] = {type: _write(type) for type in EVENTS}
