"""The link that certifies an address again (G54)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "certification_adresse",
    "address_certification.requested.v1",
    Urgency.LINK,
    "the owner of the account, before or after it is suspended (G54)",
    "/lien/certification/{token}",
)


def orders(event: Event) -> list[Order]:
    """To the owner of the account."""
    data = event.data
    until = data["expires_at"]
    context = {
        "lecteur": data["prenom"] or "",
        "suspended": data["suspended"],
        "ends_at": data["ends_at"].isoformat(),
        "expires_at": until.isoformat(),
    }
    return [Order(event.id, KIND, data["email"], context, data["sealed"], until)]
