"""Word that a delegation accepted waits to be confirmed (T1)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import full_name

KIND = email(
    "delegation_en_attente",
    "delegation.completed.v1",
    Urgency.NOTICE,
    "a beneficiary who accepted with the account he had (T1)",
    "/connexion",
)


def orders(event: Event) -> list[Order]:
    """To the beneficiary who filled no form: whoever filled one read it on its last page."""
    data = event.data
    if not data["already_known"]:
        return []
    beneficiary = data["beneficiary"]
    context = {
        "raison_sociale": data["adherent"]["raison_sociale"],
        "starts_on": data["starts_on"].isoformat(),
        "lecteur": full_name(beneficiary),
    }
    return [Order(event.id, KIND, beneficiary["email"], context)]
