"""The link that undoes a change of address, from the address one has (T5)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "modification_identifiant",
    "identifier_change.requested.v1",
    Urgency.LINK,
    "the owner of the account, at the address he has (T5)",
    "/lien/annulation/{token}",
)


def orders(event: Event) -> list[Order]:
    """To the owner, at the address he has."""
    data = event.data
    undo_until = data["undo_expires_at"]
    context = {
        "lecteur": data["prenom"] or "",
        "nouvelle_adresse": data["new_email"],
        "requested_at": data["requested_at"].isoformat(),
        "expires_at": data["expires_at"].isoformat(),
        "undo_expires_at": undo_until.isoformat(),
    }
    return [Order(event.id, KIND, data["email"], context, data["sealed_undo"], undo_until)]
