"""The bus way in: the caisse's referential and its facts, the access of people, sessions that died."""

from collections.abc import Callable, Sequence

from backbone.events.cards import Event
from backbone.messaging.announcing import heard_all
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import hear
from backbone.rights.revocation import revoke_session
from contracts.events.access import ACCESS_EVENTS, HELD, end_unsaid_access, project_access
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.facts import (
    CALENDAR_OVERRIDDEN,
    CRM_PUBLISHED,
    DECLARATION_RECEIVED,
    PROCESSING_FAILED,
    RECTIFICATION_VALIDATED,
)
from services.dsn.domain.site import Patience
from services.dsn.domain.told import crm_told, deposit_told, due_dates_told, failure_told, rectification_told
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.steps.hear_facts import hear_answers, hear_deposits
from services.dsn.steps.store_events import store_failures, store_rectifications
from services.dsn.storage import sites
from services.dsn.storage.history import AdherentState
from services.dsn.use_cases.set_due_dates import SetDueDates, set_due_dates


@batch
def on_adherent(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep the newest state of each adhérent's sites; the evaluation follows at once, in a batch of its own."""
    states = [AdherentState(event.data, event.epoch, event.sequence, event.time) for event in events]
    sites.project(uow.connection, states, uow.now)
    uow.wake(WAKE)


def on_delegation_announced(event: Event, *, uow: UnitOfWork) -> None:
    """delegation said everything again: nothing else is open, and other sites have left the referential."""
    epoch = heard_all(event, (HELD, sites.ADHERENTS), uow)
    if epoch is not None:
        end_unsaid_access(uow.connection, epoch)
        sites.withdraw_unsaid(uow.connection, epoch, uow.now)
        uow.wake(WAKE)


@batch
def on_declaration_received(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Declarations reached the caisse."""
    hear_deposits([deposit_told(event.data) for event in events], events[0].id, uow)


@batch
def on_crm_published(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """The caisse answered declarations."""
    hear_answers([crm_told(event.data) for event in events], events[0].id, uow)


@batch
def on_processing_failed(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """The caisse could not process declarations."""
    store_failures([failure_told(event.data) for event in events], uow)


@batch
def on_rectification_validated(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Months were put right otherwise."""
    store_rectifications([rectification_told(event.data) for event in events], uow)


def on_calendar_overridden(event: Event, *, uow: UnitOfWork, patience: Patience) -> None:
    """A caisse moved due dates."""
    said = SetDueDates([due_dates_told(event.data)], event.data["said_at"])
    set_due_dates(said, uow=uow, patience=patience)


LISTENS: dict[str, Callable[..., None]] = {
    DECLARATION_RECEIVED.type: on_declaration_received,
    CRM_PUBLISHED.type: on_crm_published,
    PROCESSING_FAILED.type: on_processing_failed,
    RECTIFICATION_VALIDATED.type: on_rectification_validated,
    CALENDAR_OVERRIDDEN.type: on_calendar_overridden,
    "adherent.stated.v1": on_adherent,
    "delegation_state.announced.v1": on_delegation_announced,
    "adherent.registered.v1": on_adherent,
    "adherent.updated.v1": on_adherent,
    **dict.fromkeys(ACCESS_EVENTS, project_access),
    "session.revoked.v1": revoke_session,
    ACCESS.alive.type: hear,
    SESSIONS.alive.type: hear,
}
