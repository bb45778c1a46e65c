"""Noting that the link of an invitation was opened for the first time, for whoever waits for its beneficiary (K6)."""

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from services.identity.domain.link import Purpose, UseLink
from services.identity.steps.links import opened
from services.identity.steps.standing import tell_opened
from services.identity.storage import delegations, invitations


def record_opening(command: UseLink, *, uow: UnitOfWork) -> None:
    """The link works as before; delegation is told once when it was first opened. LinkDead (M3) if it died meanwhile.

    What opens a link need not be its reader: some mailboxes follow links before anybody reads the mail. A person's own
    link is told to nobody (decision 36).
    """
    found, _ = opened(Purpose.INVITATION, command.token, uow)
    if invitations.note_opening(uow.connection, digest(command.token), uow.now):
        tell_opened(delegations.pending(uow.connection, [found.delegation_id]), uow=uow)
