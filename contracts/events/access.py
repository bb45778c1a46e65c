"""From delegation events to the backbone's access projection. Every service that decides on rights listens with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Connection

from backbone.events.cards import Event
from backbone.messaging.listening import batch
from backbone.messaging.projections import Projection
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights import access
from contracts.events.stated import DELEGATION_STATED

ACCESS_EVENTS = (
    "delegation.confirmed.v1",
    "delegation.changed.v1",
    "delegation.closed.v1",
    DELEGATION_STATED.type,
)
HELD = Projection(
    "delegation", "delegations", access.table(), "grant_id", fixed=("tenant_id",), stated=DELEGATION_STATED.type
)


@batch
def project_access(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep, for each delegation, the access of the newest event: one statement for the batch."""
    HELD.keep(uow.connection, [access_row(event) for event in events])


def access_row(event: Event) -> dict[str, Any]:
    """The projection's row of a delegation event (`DelegationState`)."""
    return row_of(event.order, event.data)


def row_of(order: Mapping[str, int], data: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a state and its order (epoch, sequence)."""
    return {
        "grant_id": data["delegation_id"],
        **order,
        "account_id": data["beneficiary"]["account_id"],
        "tenant_id": data["adherent"]["adherent_id"],
        "starts_on": data["starts_on"],
        "ends_on": data["ends_on"],
        "open": data["confirmed_at"] is not None and data["closed_at"] is None,
        "administrator": data["administrator"],
        "scopes": list(data["colleges"]),
        "rights": dict(data["rights"]),
    }


def take_access(connection: Connection, account_id: UUID, answer: Mapping[str, Any]) -> None:
    """Write what delegation answered about `account_id` (GET /v1/access) where its events would have written it.

    Each row carries the epoch and the sequence of its delegation, so an event that is on its way already cannot be
    undone by it.
    """
    epoch = int(answer.get("epoch", 0))  # the version before says none
    HELD.keep(connection, [{"epoch": epoch, **_answered_row(account_id, one)} for one in answer["items"]])


def end_unsaid_access(connection: Connection, epoch: int) -> None:
    """Nothing is open any more by what delegation did not say in `epoch`."""
    HELD.end(connection, epoch, access.table().c.open.is_(True), open=False)


def _answered_row(account_id: UUID, one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "grant_id": UUID(one["delegation_id"]),
        "sequence": int(one["sequence"]),
        "account_id": account_id,
        "tenant_id": UUID(one["adherent_id"]),
        "starts_on": date.fromisoformat(one["starts_on"]),
        "ends_on": date.fromisoformat(one["ends_on"]) if one["ends_on"] else None,
        "open": one["open"] is True,
        "administrator": one["administrator"] is True,
        "scopes": [str(scope) for scope in one["colleges"]],
        "rights": {str(function): str(level) for function, level in one["rights"].items()},
    }
