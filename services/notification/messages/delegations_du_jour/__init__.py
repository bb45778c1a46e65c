"""What began and ended by its dates in a night: one mail a person, for all his delegations and all he administers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from backbone.events.cards import Event
from backbone.ids import new_id
from contracts.words.reasons import Closed
from services.notification.domain.kinds import Urgency, email
from services.notification.domain.nights import Line, What, said
from services.notification.domain.orders import Order
from services.notification.messages.parts import Data, full_name

KIND = email(
    "delegations_du_jour",
    None,
    Urgency.COPY,
    "each whose delegation began or ended by its dates in a night, and who administers it (decision 53)",
    "/connexion",
)


def order(lines: Sequence[Line]) -> Order:
    """To the one person of these lines."""
    return Order(new_id(), KIND, lines[0].recipient, said(lines))


def ended(event: Event) -> list[Line]:
    """The lines of a delegation that ended at its date de fin (`delegation.closed`); of another end there is none."""
    data = event.data
    if not at_its_date(data):
        return []
    confirmed = data["confirmed_at"] is not None
    return list(_lines(data, What.ENDS if confirmed else What.ENDS_UNUSED, data["ends_on"]))


def begun(event: Event) -> list[Line]:
    """The lines of a delegation whose date d'effet came, or whose suspension is over (`delegation.started`)."""
    data = event.data
    what = What.RESUMES if data.get("suspended_until") else What.BEGINS
    return list(_lines(data, what, data["starts_on"]))


def at_its_date(data: Data) -> bool:
    """Whether a delegation that is closed ended by its date de fin."""
    return data["reason"] == Closed.ECHEANCE and data["ends_on"] is not None


def _lines(data: Data, what: What, day: date) -> Iterator[Line]:
    who = data["beneficiary"]
    named = full_name(who) or who["email"]
    fact = f"{what}:{data['delegation_id']}:{day}"
    yield from _of([who], fact, "", what, day, data)
    yield from _of(data.get("told", ()), fact, named, what, day, data)


def _of(readers: Iterable[Data], fact: str, followed: str, what: What, day: date, data: Data) -> Iterator[Line]:
    of = data["adherent"]
    company = (of["adherent_id"], of["raison_sociale"], of["identifiant"])
    for one in readers:
        yield Line(fact, one["email"], full_name(one), followed, *company, what, day)
