"""The clock's way in."""

from datetime import timedelta

from backbone.rights.uses import forget_uses
from backbone.shape.jobs import Job
from services.contact.domain.scan import WAKE
from services.contact.use_cases.purge_drafts import purge_drafts
from services.contact.use_cases.purge_files import purge_files
from services.contact.use_cases.scan_files import scan_files
from services.contact.use_cases.sweep_files import sweep_files

JOBS = {
    "sweep_files": Job(timedelta(minutes=15), sweep_files),
    "purge_files": Job(timedelta(hours=1), purge_files),
    "purge_drafts": Job(timedelta(hours=1), purge_drafts),
    "forget_uses": Job(timedelta(days=1), forget_uses),
}

# Where an antivirus is configured.
SCANS = {"scan_files": Job(timedelta(seconds=10), scan_files, wake=WAKE)}
