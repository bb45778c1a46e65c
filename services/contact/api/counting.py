"""That somebody read a message about a company: the first time of a day is told."""

from uuid import UUID

from backbone.web import note_use, person
from services.contact.use_cases.record_use import RecordUse, record_use


def used(adherent_id: UUID) -> None:
    """The person of this request read what he wrote about it."""
    note_use(record_use, RecordUse(person(), adherent_id), who=person(), place=adherent_id)
