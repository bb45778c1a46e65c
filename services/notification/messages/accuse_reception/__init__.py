"""The acknowledgement of a message to the caisse (G87)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import as_sent, full_name

KIND = email(
    "accuse_reception",
    "message.sent.v1",
    Urgency.COPY,
    "the sender",
    "/mon-compte/messages",
    told_by="reference",
)


def orders(event: Event) -> list[Order]:
    """To the sender; his answer goes to the caisse."""
    data = event.data
    context = {**as_sent(data), "lecteur": full_name(data["sender"])}
    return [Order(event.id, KIND, data["sender"]["email"], context, reply_to=data["caisse_email"])]
