"""The SMS that proves who asks for new bank details (G78): it says what it is for, to who is asked to read it out."""

from datetime import timedelta

from backbone.events.cards import Event
from contracts.words.bank_details import CodeFor
from services.notification.domain.kinds import Medium, MessageKind, Urgency
from services.notification.domain.orders import Order
from services.notification.messages.parts import code_of

KIND = MessageKind(
    "code_coordonnees_bancaires",
    Medium.SMS,
    "mobile_code.issued.v1",
    Urgency.AWAITED,
    "the owner of the number, who asks for new bank details (G78)",
    margin=timedelta(minutes=1),
)


def orders(event: Event) -> list[Order]:
    """To the number, if that is what its code is for."""
    return code_of(event, KIND, CodeFor.BANK_DETAILS)
