"""The SMS that certifies a number (G50, G77, C5)."""

from datetime import timedelta

from backbone.events.cards import Event
from contracts.words.bank_details import CodeFor
from services.notification.domain.kinds import Medium, MessageKind, Urgency
from services.notification.domain.orders import Order
from services.notification.messages.parts import code_of

KIND = MessageKind(
    "code_mobile",
    Medium.SMS,
    "mobile_code.issued.v1",
    Urgency.AWAITED,
    "the owner of the number (G50, G77)",
    margin=timedelta(minutes=1),
)


def orders(event: Event) -> list[Order]:
    """To the number, if that is what its code is for."""
    return code_of(event, KIND, CodeFor.CERTIFICATION)
