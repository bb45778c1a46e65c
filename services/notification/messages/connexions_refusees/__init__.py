"""Notice that logins are refused one after the other, once a day at most (ASVS 6.3.5)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "connexions_refusees",
    "logins.refused.v1",
    Urgency.NOTICE,
    "the owner of the account",
    "/mot-de-passe-oublie",
    told_by="last_refused_at",
)


def orders(event: Event) -> list[Order]:
    """To the owner of the account."""
    data = event.data
    context = {
        "lecteur": data["prenom"] or "",
        "refused": data["refused"],
        "last_refused_at": data["last_refused_at"].isoformat(),
    }
    return [Order(event.id, KIND, data["email"], context)]
