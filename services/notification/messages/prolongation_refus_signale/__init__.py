"""Word to the other administrators that more days are refused."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import day, delegated_to, to_told

KIND = email(
    "prolongation_refus_signale",
    "prolongation.refused.v1",
    Urgency.NOTICE,
    "each other administrator of the delegation, without who refused the days",
)


def orders(event: Event) -> list[Order]:
    """To each other administrator: what he was asked is answered."""
    data = event.data
    said = {"ends_on": day(data["ends_on"]), "wanted_on": day(data["wanted_on"]), "motif": data.get("reason", "")}
    return to_told(event, KIND, {**delegated_to(data), **said})
