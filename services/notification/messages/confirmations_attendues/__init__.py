"""Which delegations wait for an administrator's word since two or seven days: one mail a person and day."""

from collections.abc import Sequence

from backbone.clock import paris_day
from backbone.events.cards import Event
from backbone.ids import new_id
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.nights import Line, What, said, without_side
from services.notification.domain.orders import Order
from services.notification.messages.parts import full_name, line_of

KIND = email(
    "confirmations_attendues",
    None,
    Urgency.COPY,
    "each administrator of a delegation that waits for a confirmation since 2 or 7 days (decision 54)",
    "{chemin}",
)


def order(lines: Sequence[Line]) -> Order:
    """To the one person of these lines; its button leads to the one that waits, or to the choice of several."""
    ids = {one.fact.split(":")[1] for one in lines}
    path = f"/delegations/{ids.pop()}/confirmation" if len(ids) == 1 else "/choix"
    return Order(new_id(), KIND, lines[0].recipient, {**without_side(said(lines), "siennes"), "chemin": path})


def waiting(event: Event) -> list[Line]:
    """A line for each administrator whom the calendar reminds (`confirmation.awaited`)."""
    data, since = event.data, event.data["completed_at"]
    if data["by_beneficiary"] or since is None:
        return []
    who = data["beneficiary"]
    fact = f"{What.WAITS}:{data['delegation_id']}:{paris_day(data['reminded_at'])}"
    named = full_name(who) or who["email"]
    return [line_of(one, data, fact, What.WAITS, paris_day(since), named) for one in data["administrators"]]
