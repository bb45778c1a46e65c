"""The link by which a person accepts a delegation with the account that he has (T1)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import invite

KIND = email(
    "delegation_a_accepter",
    "invitation.issued.v1",
    Urgency.LINK,
    "the person a delegation is for, who has an account already (T1)",
    "/lien/invitation/{token}",
    gained={"effet": None},
)


def orders(event: Event) -> list[Order]:
    """To the person, when he has an account already."""
    return [invite(event, KIND)] if event.data.get("already_known") else []
