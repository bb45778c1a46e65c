"""The clock's way in: look at the sites whose time has come, and each night at all the others."""

from datetime import timedelta

from backbone.rights.uses import forget_uses
from backbone.shape.jobs import Job
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.use_cases.evaluate_due_sites import evaluate_due_sites
from services.dsn.use_cases.forget_told_facts import forget_told_facts
from services.dsn.use_cases.purge_facts import purge_facts
from services.dsn.use_cases.sweep_sites import sweep_sites
from services.dsn.use_cases.tell_untold_alerts import tell_untold_alerts

JOBS = {
    "evaluate_due_sites": Job(timedelta(minutes=1), evaluate_due_sites, wake=WAKE),
    "forget_told_facts": Job(timedelta(hours=1), forget_told_facts),
    "forget_uses": Job(timedelta(days=1), forget_uses),
    "tell_untold_alerts": Job(timedelta(minutes=1), tell_untold_alerts),
    "sweep": Job(timedelta(days=1), sweep_sites),
    "purge_facts": Job(timedelta(days=30), purge_facts),
}
