"""The operator's way in, beside the API: every delegation as it is, for who compares what he holds with it
(decision 55)."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.store import epochs
from contracts.events import reconciled
from services.delegation.steps.announce import state_of
from services.delegation.storage import adherents, delegations


def told(*, units: Callable[[], UnitOfWork]) -> Iterator[dict[str, Any]]:
    """Each with its version, those that are over too, between a head and an end that counts them."""
    with units() as uow:
        yield reconciled.head(epochs.own(uow.connection))
    last: UUID | None = None
    count = 0
    while True:
        with units() as uow:
            found = delegations.next_ones(uow.connection, last, reconciled.CHUNK)
            concerned = adherents.references(uow.connection, {one.adherent_id for one in found})
        for one in found:
            yield reconciled.said(one.sequence, state_of(one, concerned[one.adherent_id]))
        if not found:
            break
        last, count = found[-1].id, count + len(found)
    yield reconciled.end(count)


COMMANDS = {"delegations": told}
