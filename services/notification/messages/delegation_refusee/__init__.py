"""Word that a delegation is refused."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import to_beneficiary

KIND = email("delegation_refusee", "delegation.refused.v1", Urgency.NOTICE, "the beneficiary", gained={"motif": ""})


def orders(event: Event) -> list[Order]:
    """To the beneficiary, with the reason if there is one."""
    return [to_beneficiary(event, KIND, motif=event.data.get("reason", ""))]
