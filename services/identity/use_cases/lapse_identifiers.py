"""Giving up changes of address that were not proved in time (T5), each account by itself."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.words.acts import Act
from contracts.words.reasons import Undone
from services.identity.domain.identifier import Change
from services.identity.steps.identifier_changes import activate, tell_undone
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, identifiers


def lapse_identifiers(*, units: Callable[[], UnitOfWork]) -> int:
    """Give up the changes whose new address was not proved in time, or became somebody's: a mistyped address loses
    nobody his account. Free the former addresses that can no longer undo. How many changes ended.
    """
    with units() as uow:
        ended = identifiers.settle(uow.connection, uow.now)
        uow.commit()

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Change]:
        return identifiers.lapsed(uow.connection, uow.now, limit, beside)

    def act(changes: Sequence[Change], uow: UnitOfWork) -> int:
        return sum(_lapse(change, uow) for change in changes)

    # One unit for each: it holds one account, so it waits for nobody in a circle.
    return ended + in_batches(Rows("lapse_identifiers", due, act, attrgetter("change_id")), units=units, batch=1)


def _lapse(change: Change, uow: UnitOfWork) -> int:
    """A proof or undoing since it was read stands. Both kinds end with the same words: a mail must not tell that an
    address was invited."""
    account = accounts.lock(uow.connection, change.account_id)
    ended = identifiers.lapse(uow.connection, change, uow.now) or identifiers.given_back(uow.connection, change)
    if account is None or not ended:
        return 0
    activate(change.old_email, account, uow, act="lapsed")
    remember(account.account_id, Act.IDENTIFIER_LAPSED, uow)
    tell_undone(change, account, Undone.ECHEANCE, uow)
    return 1
