"""Word to the sender of a message that his consent for it is withdrawn (G86)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import as_withdrawn, full_name

KIND = email(
    "consentement_retire",
    "consent.withdrawn.v1",
    Urgency.NOTICE,
    "the sender (G86)",
    "/mon-compte/messages",
    told_by="reference",
)


def orders(event: Event) -> list[Order]:
    """To the sender; his answer goes to the caisse."""
    data = event.data
    context = {**as_withdrawn(data), "lecteur": full_name(data["sender"])}
    return [Order(event.id, KIND, data["sender"]["email"], context, reply_to=data["caisse_email"])]
