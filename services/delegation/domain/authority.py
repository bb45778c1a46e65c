"""Which delegations an administrator may see, change, confirm and close.

The company's administrators manage all of its delegations, except that nobody below the Administrateur Entreprise
touches his (T8). The firm's administrators see and manage what was delegated under their own, nothing else: the
company's people and addresses are not theirs to see.
"""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from backbone.errors import AccessRefused, NotFound
from contracts.words.actions import Action
from contracts.words.changes import SOMEBODY
from contracts.words.kinds import Kind
from services.delegation.domain.delegation import OVER, PENDING, Delegation
from services.delegation.domain.grant import Grant
from services.delegation.domain.refusals import OwnDelegationRefused
from services.delegation.domain.status import State

# Of what is confirmed and not over: what somebody else than its beneficiary may do, beside closing it.
CHANGES = {State.IN_FORCE: [Action.MODIFIER, Action.SUSPENDRE], State.SUSPENDED: [Action.REPRENDRE]}


def may_see(actor: Delegation, target: Delegation, ancestors: Collection[UUID]) -> bool:
    """True if `target`, whose parents and their parents are `ancestors`, is in the actor's list."""
    return not actor.of_the_firm or target.id == actor.id or actor.id in ancestors


def author_shown(author: str, account_id: UUID | None, seen: Collection[UUID] | None) -> str:
    """Who did something, for a reader who sees the accounts `seen` (None: all): the company's people are not the
    firm's to read (K10). What the system or the caisse did has no account."""
    return author if seen is None or account_id is None or account_id in seen else SOMEBODY


def author_told(author: Delegation, name: str, reader: Delegation) -> str:
    """Who acted, for one whom it concerns: the firm's are told the names of the firm's alone (K10), and nobody an
    address in the place of a name. Who acts on what the firm delegated is the company's, or above it in that firm."""
    return name if name and (author.of_the_firm or not reader.of_the_firm) else SOMEBODY


def may_manage(actor: Delegation, target: Delegation) -> bool:
    """True if the actor, who sees `target`, may act on it; his own he may close."""
    return target.id == actor.id or target.kind is not Kind.FONDATEUR


def ensure_manages(actor: Delegation, target: Delegation, ancestors: Collection[UUID]) -> None:
    """Raises NotFound for what the actor may not see (AA22), AccessRefused for what he may not touch."""
    if not may_see(actor, target, ancestors):
        raise NotFound
    if not may_manage(actor, target):
        raise AccessRefused


def ensure_not_own(actor: Delegation, target: Delegation) -> None:
    """Nobody edits or confirms his own delegation (AA28, G52)."""
    if same_person(actor, target):
        raise OwnDelegationRefused


def same_person(actor: Delegation, target: Delegation) -> bool:
    """True if the target is for the actor himself."""
    return actor.beneficiary.account_id == target.beneficiary.account_id


def grants_administration(asked: Grant, before: Grant | None = None) -> bool:
    """True if `asked` opens administration on a day when `before` did not: what a recent password is for (C8)."""
    if before is None or not before.scope.administrator:
        return asked.scope.administrator
    return asked.scope.administrator and asked.period.gains(before.period)


def actions(actor: Delegation, target: Delegation, day: date) -> list[Action]:
    """What the actor may do with a delegation he sees; a pending one is viewed and closed (T7)."""
    state = target.state_on(day)
    offered = [Action.VOIR]
    if state in OVER or not may_manage(actor, target):
        return offered
    if state not in PENDING and not same_person(actor, target):
        offered += CHANGES.get(state, [Action.MODIFIER]) if state else []
    offered.append(Action.FERMER)
    if state is State.TO_CONFIRM and not same_person(actor, target):
        offered.append(Action.CONFIRMER)
    return offered
