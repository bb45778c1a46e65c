"""Word that an address stays the identifiant, or never became it (T5)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import reset_link, undone

KIND = email(
    "identifiant_retabli",
    "identifier_change.undone.v1",
    Urgency.NOTICE,
    "the owner of the account, when the change lapsed; the address that was proved, when it was undone (T5)",
    "/connexion",
    told_by="undone_at",
)


def orders(event: Event) -> list[Order]:
    """To the owner when there is no link to a new password (a change that lapsed, and events of before); to the other
    address too once it had been proved."""
    data = event.data
    readers = [*([] if reset_link(data) else [data["email"]]), *([data["new_email"]] if data["proved"] else [])]
    return [Order(event.id, KIND, address, undone(data)) for address in readers]
