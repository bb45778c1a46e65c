"""Word to the other administrators that a delegation was suspended, or opens again before its day (decision 62)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import delegated_to, suspension, to_told

KIND = email(
    "suspension_signalee",
    "delegation.changed.v1",
    Urgency.NOTICE,
    "each other administrator of the delegation, without who suspended it",
)


def orders(event: Event) -> list[Order]:
    """To each other administrator, of a suspension and of its early end; of another change, to nobody."""
    what = suspension(event)
    return to_told(event, KIND, {**delegated_to(event.data), **what}) if what else []
