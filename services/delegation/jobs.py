"""The clock's way in: at its date d'effet a delegation opens by itself, at the end of its date de fin it is over; the
jobs say so to the others."""

from datetime import timedelta

from backbone.shape.jobs import Job
from services.delegation.use_cases.close_ended_delegations import close_ended_delegations
from services.delegation.use_cases.start_delegations import start_delegations

JOBS = {
    "close_ended_delegations": Job(every=timedelta(minutes=1), run=close_ended_delegations),
    "start_delegations": Job(every=timedelta(minutes=1), run=start_delegations),
}
