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
    """To the owner of the account."""
    data = event.data
    context = {"lecteur": data["prenom"] or "", "changed_at": data["changed_at"].isoformat()}
    return [Order(event.id, KIND, data["email"], context)]
