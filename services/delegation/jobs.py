"""The clock's way in: at the end of its date de fin a delegation is over by itself; the job says so to the others."""

from datetime import timedelta

from backbone.shape.jobs import Job
from services.delegation.use_cases.close_ended_delegations import close_ended_delegations

JOBS = {"close_ended_delegations": Job(every=timedelta(minutes=1), run=close_ended_delegations)}
