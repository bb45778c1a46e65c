"""Why an act is not offered on a delegation that is not over, in words: beside a greyed button, not instead of it."""

from collections.abc import Iterator
from datetime import date

from contracts.words import why
from contracts.words.actions import Action
from services.delegation.domain.authority import actions, may_manage, same_person
from services.delegation.domain.delegation import OVER, PENDING, Delegation
from services.delegation.domain.status import State


def unavailable(actor: Delegation, target: Delegation, day: date, *, last: bool, alone: bool) -> dict[Action, str]:
    """Each act that `actor`, who sees `target`, might look for and cannot do, with why. `last`: without it the company
    would have no administrator (M7); `alone`: it would have none today. Nothing of one that is over: its status says
    it."""
    if target.state_on(day) in OVER:
        return {}
    offered = actions(actor, target, day)
    found = dict(_reasons(actor, target, day))
    missing = {action: said for action, said in found.items() if action not in offered}
    kept = {Action.SUSPENDRE: why.ALONE} if alone else {}
    kept |= {Action.FERMER: why.LAST} if last else {}
    return missing | {action: said for action, said in kept.items() if action in offered}


def _reasons(actor: Delegation, target: Delegation, day: date) -> Iterator[tuple[Action, str]]:
    state = target.state_on(day)
    if not may_manage(actor, target):
        yield Action.MODIFIER, why.FOUNDER
        yield Action.SUSPENDRE, why.FOUNDER
        yield Action.FERMER, why.FOUNDER
        return
    if state is State.SUSPENDED:
        yield Action.MODIFIER, why.SUSPENDED
    else:
        yield Action.MODIFIER, why.PENDING if state in PENDING else why.OWN_CHANGE
    if state is State.IN_FORCE:
        yield Action.SUSPENDRE, why.OWN_SUSPENSION
    elif state is State.COMING:
        yield Action.SUSPENDRE, why.NOT_OPEN_YET
    if state is State.TO_CONFIRM and same_person(actor, target):
        yield Action.CONFIRMER, why.OWN_ANSWER
