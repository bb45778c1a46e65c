"""What dsn says again after its database was restored: its alerts that are not over (docs/decisions/0028)."""

from collections.abc import Sequence
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.dsn.steps.tell_alerts import tell_standing
from services.dsn.storage import telling


def say_alerts(uow: UnitOfWork, after: UUID | None, limit: int) -> Sequence[UUID]:
    """The next alerts that are neither resolved nor cancelled: who hears the end takes the others for over."""
    found = telling.next_living(uow.connection, after, limit)
    tell_standing(uow, found)
    return [one.alert.id for one in found]
