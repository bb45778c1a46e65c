"""Word to the other administrators that a delegation was changed (G19)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import changed, delegated_to, to_told

KIND = email(
    "modification_signalee",
    "delegation.changed.v1",
    Urgency.NOTICE,
    "each other administrator of the delegation, without who changed it",
)


def orders(event: Event) -> list[Order]:
    """To each other administrator, when something is not as it was; of what a change brings with it, to nobody."""
    what = changed(event)
    if not what:
        return []
    return to_told(event, KIND, {**delegated_to(event.data), "below": event.data.get("below", 0), **what})
