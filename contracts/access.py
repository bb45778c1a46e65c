"""From delegation events to the backbone's access projection. Every service that decides on rights listens with it."""

from collections.abc import Sequence
from typing import Any

from backbone import access
from backbone.events import Event
from backbone.listening import batch
from backbone.unit_of_work import UnitOfWork

ACCESS_EVENTS = ("delegation.confirmed.v1", "delegation.changed.v1", "delegation.closed.v1")


@batch
def project_access(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep, for each delegation, the access of the newest event: one statement for the batch."""
    access.project(uow.connection, [access_row(event) for event in events])


def access_row(event: Event) -> dict[str, Any]:
    """The projection's row of a delegation event (`DelegationState`)."""
    data = event.data
    return {
        "grant_id": data["delegation_id"],
        "sequence": event.sequence,
        "account_id": data["beneficiary"]["account_id"],
        "tenant_id": data["adherent"]["adherent_id"],
        "starts_on": data["starts_on"],
        "ends_on": data["ends_on"],
        "open": data["confirmed_at"] is not None and data["closed_at"] is None,
        "administrator": data["administrator"],
        "scopes": list(data["colleges"]),
        "rights": dict(data["rights"]),
    }
