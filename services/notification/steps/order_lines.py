"""The mails of a morning, ordered from their lines: the people of a batch, their mails and that they were
told are one transaction. Killed in the middle, a run goes on with those who were not."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.notification.domain.kinds import Urgency
from services.notification.domain.nights import Line, heard_until
from services.notification.domain.orders import Order
from services.notification.steps.order_messages import Asked, Proof, order_messages
from services.notification.storage import nights

PEOPLE = 100  # in one transaction
PARTY = "echeances"  # they take turns with everybody else's mail as one
Mails = Callable[[Sequence[Line]], list[tuple[Order, Sequence[Line]]]]


def order_lines(
    name: str, of: nights.Told, mails: Mails, *, units: Callable[[], UnitOfWork], clock: Clock, proof: Proof
) -> int:
    """Order what is due `of` a night, or of the notices: of one person's lines, `mails` makes his mails, each with its
    lines. How many people are told. Nobody before seven in the morning."""
    until = heard_until(clock.now())
    if until is None:
        return 0

    def due(uow: UnitOfWork, most: int, beside: Collection[UUID]) -> Sequence[UUID]:
        return nights.people(uow.connection, until, most, beside, of=of)

    def act(persons: Sequence[UUID], uow: UnitOfWork) -> int:
        found = nights.take(uow.connection, persons, uow.now, of=of)
        made = [mail for lines in found.values() for mail in mails(lines)]
        # Each line is told once: the first of them tells this mail from the other ones of the same person.
        asked = [Asked(order, min(one.fact for one in lines), Urgency.COPY, PARTY) for order, lines in made]
        order_messages(asked, uow=uow, proof=proof)
        return len(found)

    rows = Rows(name, due=due, act=act, key=lambda one: one)
    return in_batches(rows, units=units, batch=PEOPLE)
