"""What the beneficiary of a delegation may do with it himself, on « Mes délégations »."""

from datetime import date

from contracts.words.actions import OwnAction
from services.delegation.domain.delegation import OVER, Delegation
from services.delegation.domain.prolongation import Prolongation, may_ask
from services.delegation.domain.status import State


def own_actions(mine: Delegation, asked: Prolongation | None, day: date) -> list[OwnAction]:
    """In the order of the page. `asked`: the last prolongation that was asked for it. Nothing with what is over; who is
    the last administrator is told so when he renounces, who reminded lately when he reminds again."""
    state = mine.state_on(day)
    if state in OVER:
        return []
    offered = [OwnAction.RELANCER] if state is State.TO_CONFIRM else []
    offered += [OwnAction.PROLONGER] if may_ask(mine, asked, day) else []
    return [*offered, OwnAction.RENONCER]
