"""The link by which the person a delegation is for completes his account (G41–G43)."""

from backbone.events.cards import Event
from contracts.words.kinds import Kind
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import invite

KIND = email(
    "invitation",
    "invitation.issued.v1",
    Urgency.LINK,
    "the person a delegation is for (G41–G43)",
    "/lien/invitation/{token}",
    gained={"effet": None},
)


def orders(event: Event) -> list[Order]:
    """To the person, unless he has an account already, or is a founder, who has his own."""
    data = event.data
    return [] if data.get("already_known") or data.get("kind") == Kind.FONDATEUR else [invite(event, KIND)]
