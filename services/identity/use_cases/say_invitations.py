"""What identity says again after its database was restored: where invitations stand (docs/decisions/0028)."""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.invitation import INVITATION_STANDING
from services.identity.steps.standing import LINK
from services.identity.storage import delegations, invitations


def say_invitations(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """Where the invitations of the next pending delegations stand (K6: a status says what happened)."""
    rows = delegations.invited(uow.connection, after, limit)
    links = invitations.newest(uow.connection, [row.delegation_id for row in rows])
    for row in rows:
        link = links.get(row.delegation_id)
        data = {name: getattr(row, name) for name in ("delegation_id", "email", "next_at", "waits_for")}
        data |= {name: getattr(link, name, None) for name in LINK}
        uow.record(INVITATION_STANDING, sequence=row.standings, data=data)
    return [row.delegation_id for row in rows]
