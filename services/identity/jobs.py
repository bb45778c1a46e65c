"""The clock's way in: forgotten passwords, changes of address that lapse, invitations whose time has come, addresses to
certify again, forgetting."""

from collections.abc import Callable
from datetime import timedelta

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.jobs import Job
from services.identity.steps.welcome import DUE, invite_waiting
from services.identity.storage import purging
from services.identity.use_cases.change_identifier import WAKE as CHANGES
from services.identity.use_cases.end_identifier_change import lapse_identifiers
from services.identity.use_cases.forgotten_password import WAKE, answer_resets
from services.identity.use_cases.recertify import recertify
from services.identity.use_cases.renew_links import WAKE as RENEWED
from services.identity.use_cases.renew_links import answer_renewals


def purge(*, units: Callable[[], UnitOfWork]) -> int:
    """Delete old sessions, links, codes and counters."""
    with units() as uow:
        removed = purging.purge(uow.connection, uow.now)
        uow.commit()
    return removed


JOBS = {
    "answer_resets": Job(every=timedelta(seconds=5), run=answer_resets, wake=WAKE, leader=False),
    "answer_renewals": Job(every=timedelta(seconds=5), run=answer_renewals, wake=RENEWED, leader=False),
    "lapse_identifiers": Job(every=timedelta(minutes=1), run=lapse_identifiers, wake=CHANGES),
    "invite_waiting": Job(every=timedelta(minutes=1), run=invite_waiting, wake=DUE),
    "recertify": Job(every=timedelta(hours=1), run=recertify),
    "purge": Job(every=timedelta(hours=1), run=purge),
}
