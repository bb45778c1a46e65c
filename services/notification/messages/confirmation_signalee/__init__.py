"""Word to the other administrators that a delegation is confirmed (G52)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import day, delegated_to, to_told

KIND = email(
    "confirmation_signalee",
    "delegation.confirmed.v1",
    Urgency.NOTICE,
    "each other administrator of the delegation, without who confirmed it (G52)",
)


def orders(event: Event) -> list[Order]:
    """To each other administrator: what he was asked is answered."""
    data = event.data
    days = {"starts_on": day(data["starts_on"]), "ends_on": day(data["ends_on"])}
    return to_told(event, KIND, {**delegated_to(data), **days, "administrator": data["administrator"]})
