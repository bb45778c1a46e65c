"""Order the mail of a night for everybody who has one: what began and what ended by its dates, once a person."""

from collections.abc import Callable

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.messages import delegations_du_jour
from services.notification.steps.order_lines import order_lines
from services.notification.steps.order_messages import Proof
from services.notification.storage.nights import Told


def order_nights(*, units: Callable[[], UnitOfWork], clock: Clock, proof: Proof) -> int:
    """Order what is due; how many people are told. Nobody before seven in the morning."""
    return order_lines(
        "order_nights",
        Told.NIGHT,
        lambda lines: [(delegations_du_jour.order(lines), lines)],
        units=units,
        clock=clock,
        proof=proof,
    )
