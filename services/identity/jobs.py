"""The clock's way in: forgotten passwords, refused logins, changes of address that lapse, invitations whose time has
come, addresses to certify again, forgetting."""

from datetime import timedelta

from backbone.shape.jobs import Job
from services.identity.steps.identifier_changes import WAKE as CHANGES
from services.identity.steps.welcome import DUE
from services.identity.use_cases.answer_renewals import answer_renewals
from services.identity.use_cases.answer_resets import answer_resets
from services.identity.use_cases.ask_renewal import WAKE as RENEWED
from services.identity.use_cases.ask_reset import WAKE
from services.identity.use_cases.invite_waiting import invite_waiting
from services.identity.use_cases.lapse_identifiers import lapse_identifiers
from services.identity.use_cases.purge import purge
from services.identity.use_cases.recertify import recertify
from services.identity.use_cases.record_refused_login import WAKE as REFUSED
from services.identity.use_cases.tell_refused_logins import tell_refused_logins

JOBS = {
    "answer_resets": Job(every=timedelta(seconds=5), run=answer_resets, wake=WAKE, leader=False),
    "answer_renewals": Job(every=timedelta(seconds=5), run=answer_renewals, wake=RENEWED, leader=False),
    "tell_refused_logins": Job(every=timedelta(seconds=5), run=tell_refused_logins, wake=REFUSED, leader=False),
    "lapse_identifiers": Job(every=timedelta(minutes=1), run=lapse_identifiers, wake=CHANGES),
    "invite_waiting": Job(every=timedelta(minutes=1), run=invite_waiting, wake=DUE),
    "recertify": Job(every=timedelta(hours=1), run=recertify),
    "purge": Job(every=timedelta(hours=1), run=purge),
}
