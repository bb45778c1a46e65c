"""The clock's way in: at its date d'effet a delegation opens by itself, at the end of its date de fin it is over, and
the jobs say so to the others; the journal is sealed as it grows, and verified each day; companies are asked to
review what they granted."""

from datetime import timedelta

from backbone.shape.jobs import Job
from services.delegation.use_cases.announce_ends import announce_ends
from services.delegation.use_cases.ask_reviews import ask_reviews
from services.delegation.use_cases.close_ended_delegations import close_ended_delegations
from services.delegation.use_cases.remind_waiting import remind_waiting
from services.delegation.use_cases.seal_journal import seal_journal
from services.delegation.use_cases.start_delegations import start_delegations
from services.delegation.use_cases.verify_journal import verify_journal

JOBS = {
    "close_ended_delegations": Job(every=timedelta(minutes=1), run=close_ended_delegations),
    "start_delegations": Job(every=timedelta(minutes=1), run=start_delegations),
    "announce_ends": Job(every=timedelta(hours=1), run=announce_ends),
    "remind_waiting": Job(every=timedelta(hours=1), run=remind_waiting),
    "seal_journal": Job(every=timedelta(minutes=1), run=seal_journal),
    "ask_reviews": Job(every=timedelta(hours=1), run=ask_reviews),
    "verify_journal": Job(every=timedelta(days=1), run=verify_journal),
}
