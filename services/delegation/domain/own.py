"""What the beneficiary of a delegation may do with it himself, on « Mes délégations »."""

from datetime import date

from contracts.words.actions import OwnAction
from services.delegation.domain.delegation import OVER, Delegation


def own_actions(mine: Delegation, day: date) -> list[OwnAction]:
    """In the order of the page. Nothing with what is over; who is its last administrator is told so when he asks."""
    return [] if mine.state_on(day) in OVER else [OwnAction.RENONCER]
