"""Word to the other administrators that a delegation is refused (G52)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import delegated_to, to_told

KIND = email(
    "refus_signale",
    "delegation.refused.v1",
    Urgency.NOTICE,
    "each other administrator of the delegation, without who refused it (G52)",
)


def orders(event: Event) -> list[Order]:
    """To each other administrator: what he was asked is answered."""
    return to_told(event, KIND, {**delegated_to(event.data), "motif": event.data.get("reason", "")})
