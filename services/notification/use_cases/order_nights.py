"""Order the mail of a night for everybody who has one: what began and what ended by its dates, once a person.

The people of a batch, their mails and that they were told are one transaction: killed in the middle, the run goes on
with those who were not.
"""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from uuid import UUID

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from services.notification.domain.kinds import Urgency
from services.notification.domain.nights import heard_until
from services.notification.messages import delegations_du_jour
from services.notification.steps.order_messages import Asked, Proof, order_messages
from services.notification.storage import nights

PEOPLE = 100  # in one transaction
PARTY = "echeances"  # they take turns with everybody else's mail as one


def order_nights(*, units: Callable[[], UnitOfWork], clock: Clock, proof: Proof) -> int:
    """Order what is due; how many people are told. Nobody before seven in the morning."""
    until = heard_until(clock.now())
    if until is None:
        return 0

    def due(uow: UnitOfWork, most: int, beside: Collection[UUID]) -> Sequence[UUID]:
        return nights.people(uow.connection, until, most, beside)

    rows = Rows("order_nights", due=due, act=partial(_order, proof), key=lambda one: one)
    return in_batches(rows, units=units, batch=PEOPLE)


def _order(proof: Proof, persons: Sequence[UUID], uow: UnitOfWork) -> int:
    found = nights.take(uow.connection, persons, uow.now)
    asked = []
    for lines in found.values():
        # Each line is told once: the first of them tells this mail from the other ones of the same person.
        fact = min(one.fact for one in lines)
        asked.append(Asked(delegations_du_jour.order(lines), fact, Urgency.COPY, PARTY))
    order_messages(asked, uow=uow, proof=proof)
    return len(found)
