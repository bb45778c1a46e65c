"""Tell what became of the mail of an invitation, in the transaction that knows it (K6)."""

from collections.abc import Iterable
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.invitation import INVITATION_DELIVERED
from contracts.words.statuses import Outcome
from services.notification.domain.deliveries import Status

OUTCOMES = {Status.ENVOYE: Outcome.ENVOYE, Status.ECHEC_DEFINITIF: Outcome.ECHEC}


def announce_invitations(ended: Iterable[Any], *, uow: UnitOfWork) -> None:
    """Record `invitation.delivered` for each of `ended` that is about an invitation: rows with context and status.

    A delivery ends once (every change says from which state), so it is told once. One that was ordered before the
    ids were kept in its context, or that goes on waiting, tells nothing.
    """
    for row in ended:
        outcome = OUTCOMES.get(Status(row.status))
        if outcome is None or "invitation_id" not in row.context:
            continue
        about = {name: row.context[name] for name in ("invitation_id", "delegation_id")}
        uow.record(INVITATION_DELIVERED, sequence=1, data={**about, "outcome": outcome, "at": uow.now})
