"""Word to the caisse that the consent for a message it was sent is withdrawn (G86)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import as_withdrawn, full_name

KIND = email(
    "consentement_retire_caisse",
    "consent.withdrawn.v1",
    Urgency.NOTICE,
    "the caisse (G86)",
    told_by="reference",
)


def orders(event: Event) -> list[Order]:
    """To the caisse; its answer goes to the sender."""
    data = event.data
    context = {**as_withdrawn(data), "auteur": full_name(data["sender"]), "email": data["sender"]["email"]}
    return [Order(event.id, KIND, data["caisse_email"], context, reply_to=data["sender"]["email"])]
