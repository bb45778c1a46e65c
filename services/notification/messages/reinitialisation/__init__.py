"""The link to choose a new password (G57)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "reinitialisation",
    "password_reset.requested.v1",
    Urgency.AWAITED,
    "the owner of the account (G57)",
    "/lien/reinitialisation/{token}",
)


def orders(event: Event) -> list[Order]:
    """To the owner of the account."""
    data = event.data
    context = {"lecteur": data["prenom"] or "", "expires_at": data["expires_at"].isoformat()}
    return [Order(event.id, KIND, data["email"], context, data["sealed"], data["expires_at"])]
