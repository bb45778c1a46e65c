"""Order the mails of what ends soon and of what waits for a confirmation, one of each a day (decision 54)."""

from collections.abc import Callable, Sequence

from backbone.clock import Clock
from backbone.messaging.unit_of_work import UnitOfWork
from services.notification.domain.nights import Line, What
from services.notification.domain.orders import Order
from services.notification.messages import confirmations_attendues, delegations_bientot_finies
from services.notification.steps.order_lines import order_lines
from services.notification.steps.order_messages import Proof
from services.notification.storage.nights import Told

MAILS = {What.ENDS_SOON: delegations_bientot_finies.order, What.WAITS: confirmations_attendues.order}


def order_notices(*, units: Callable[[], UnitOfWork], clock: Clock, proof: Proof) -> int:
    """Order what is due; how many people are told. Nobody before seven in the morning."""
    return order_lines("order_notices", Told.NOTICE, _mails, units=units, clock=clock, proof=proof)


def _mails(lines: Sequence[Line]) -> list[tuple[Order, Sequence[Line]]]:
    found = [(order, [one for one in lines if one.what is what]) for what, order in MAILS.items()]
    return [(order(own), own) for order, own in found if own]
