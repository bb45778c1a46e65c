"""Notice that the password is another one (AA16)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order

KIND = email(
    "mot_de_passe_modifie",
    "password.changed.v1",
    Urgency.NOTICE,
    "the owner of the account (AA16)",
    "/connexion",
    told_by="changed_at",
)


def orders(event: Event) -> list[Order]:
    """To the owner of the account, and at the address that he left a moment ago: who took both has only one of them."""
    data = event.data
    context = {"lecteur": data["prenom"] or "", "changed_at": data["changed_at"].isoformat()}
    told = (data["email"], data.get("former_email"))  # events of before have no former address
    return [Order(event.id, KIND, address, context) for address in told if address]
