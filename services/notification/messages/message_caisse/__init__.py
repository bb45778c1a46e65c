"""The message to the caisse, with a link to its files (G79–G87)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import as_sent

KIND = email(
    "message_caisse",
    "message.sent.v1",
    Urgency.COPY,
    "the caisse (G79–G87)",
    "/lien/dossier/{token}",
    told_by="reference",
)


def orders(event: Event) -> list[Order]:
    """To the caisse; its answer goes to the sender."""
    data = event.data
    sender = {name: data["sender"][name] for name in ("nom", "prenom", "email")}
    phones = {name: data[name] for name in ("telephone_fixe", "telephone_mobile")}
    context = {**as_sent(data), **phones, **sender}
    return [Order(event.id, KIND, data["caisse_email"], context, data["sealed"], reply_to=sender["email"])]
