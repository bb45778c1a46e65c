"""The bus way in: the caisse's referential, the access of people, sessions that died."""

from collections.abc import Sequence

from backbone.events.cards import Event
from backbone.messaging.announcing import heard_all
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import hear
from backbone.rights.revocation import revoke_session
from contracts.events.access import ACCESS_EVENTS, HELD, end_unsaid_access, project_access
from contracts.events.authority import ACCESS, SESSIONS
from services.dsn.steps.evaluate_sites import WAKE
from services.dsn.storage import sites
from services.dsn.storage.history import AdherentState


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


LISTENS = {
    "adherent.stated.v1": on_adherent,
    "delegation_state.announced.v1": on_delegation_announced,
    "adherent.registered.v1": on_adherent,
    "adherent.updated.v1": on_adherent,
    **dict.fromkeys(ACCESS_EVENTS, project_access),
    "session.revoked.v1": revoke_session,
    ACCESS.alive.type: hear,
    SESSIONS.alive.type: hear,
}
