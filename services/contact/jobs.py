"""The clock's way in."""

from datetime import timedelta

from backbone.jobs import Job
from services.contact.use_cases.tidy_files import purge_files, sweep_files

JOBS = {
    "sweep_files": Job(timedelta(minutes=15), sweep_files),
    "purge_files": Job(timedelta(hours=1), purge_files),
}
