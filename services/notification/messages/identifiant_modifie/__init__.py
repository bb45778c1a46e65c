"""Notice that an address is the identifiant no longer (ASVS 6.3.7)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "identifiant_modifie",
    "identifier.changed.v1",
    Urgency.NOTICE,
    "the owner of the account, at his former address",
    told_by="changed_at",
)


def orders(event: Event) -> list[Order]:
    """To the owner, at his former address."""
    data = event.data
    context = {
        "lecteur": data["prenom"] or "",
        "nouvelle_adresse": data["new_email"],
        "changed_at": data["changed_at"].isoformat(),
        "undo_expires_at": data["undo_expires_at"].isoformat(),
    }
    return [Order(event.id, KIND, data["email"], context)]
