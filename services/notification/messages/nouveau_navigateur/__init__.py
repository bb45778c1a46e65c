"""Notice of a login from a browser that its owner never used before (ASVS 6.3.5)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "nouveau_navigateur",
    "new_browser.used.v1",
    Urgency.NOTICE,
    "the owner of the account",
    "/mon-compte/sessions",
    told_by="logged_in_at",
)


def orders(event: Event) -> list[Order]:
    """To the owner of the account."""
    data = event.data
    context = {
        "lecteur": data["prenom"] or "",
        "navigateur": data["browser"] or "",
        "reseau": data["address"] or "",
        "logged_in_at": data["logged_in_at"].isoformat(),
    }
    return [Order(event.id, KIND, data["email"], context)]
