"""The demand to confirm a delegation whose person accepted (G52)."""

from backbone.events.cards import Event
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.orders import Order
from services.notification.messages.parts import company_of, day, full_name, to_administrators

KIND = email(
    "confirmation_demandee",
    "delegation.completed.v1",
    Urgency.LINK,
    "each administrator of the adhérent (G52)",
    "/delegations/{delegation_id}/confirmation",
)


def orders(event: Event) -> list[Order]:
    """To each administrator."""
    data = event.data
    beneficiary = data["beneficiary"]
    context = {
        "delegation_id": str(data["delegation_id"]),
        "beneficiaire": full_name(beneficiary) or beneficiary["email"],
        "email": beneficiary["email"],
        "already_known": data["already_known"],
        **company_of(data),
        "starts_on": data["starts_on"].isoformat(),
        "ends_on": day(data["ends_on"]),
        "administrator": data["administrator"],
    }
    return to_administrators(event, KIND, context)
