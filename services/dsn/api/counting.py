"""That somebody read the DSN of a site: the first time of a day is told."""

from uuid import UUID

from backbone.web import note_use, person
from services.dsn.use_cases.record_use import RecordUse, record_use


def used(site_id: UUID) -> None:
    """The person of this request, who may, read it."""
    note_use(record_use, RecordUse(person(), site_id), who=person(), place=site_id)
