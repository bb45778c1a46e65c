"""The bus way in: each event orders its messages, whole batches in one statement; and what the digest is made from:
who the people are, what they may see, which alerts are open; and the lines of the mail of a night."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backbone.events.cards import Event
from backbone.messaging.announcing import heard_all
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import hear
from backbone.rights.revocation import revoke_session
from contracts.events.access import ACCESS_EVENTS, HELD, end_unsaid_access, project_access
from contracts.events.authority import ACCESS, SESSIONS
from contracts.events.dsn import ALERT_OPENED
from contracts.words.alerts import AlertChange
from services.notification.messages import EVENTS, answering
from services.notification.messages.confirmations_attendues import waiting
from services.notification.messages.delegations_bientot_finies import ending
from services.notification.messages.delegations_du_jour import begun, ended
from services.notification.steps.order_messages import Proof
from services.notification.storage import nights
from services.notification.storage.accounts import ACCOUNTS
from services.notification.storage.alerts import ALERTS, NEWS
from services.notification.use_cases.order_deliveries import order_deliveries

ACCOUNT = ("account_id", "status", "email", "prenom")
ALERT = ("alert_id", "site_id", "nom", "siret", "periode", "message", "status", "opened_at")
Keep = Callable[..., None]


def _write(event_type: str, keep: Keep | None = None) -> Keep:
    """The listener that orders the messages of an event, and keeps what it says when `keep` does."""
    messages = answering(event_type)

    @batch
    def on_events(events: Sequence[Event], *, uow: UnitOfWork, proof: Proof) -> None:
        if keep:
            keep(events, uow=uow)
        asked = [(event, order) for event in events for message in messages for order in message.orders(event)]
        order_deliveries(asked, uow=uow, proof=proof)

    on_events.__doc__ = f"Order {', '.join(message.KIND.name for message in messages)}."
    return on_events


@batch
def project_account(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep where to write to each account: one statement for the batch."""
    ACCOUNTS.keep(uow.connection, [{**one.order, **{name: one.data[name] for name in ACCOUNT}} for one in events])


@batch
def project_alert(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep how each alert stands, and when it was news: opened or open again, unless it says that it is quiet."""
    ALERTS.keep(uow.connection, [_alert(event) for event in events])
    news = [event for event in events if event.type == ALERT_OPENED.type and not event.data["quiet"]]
    NEWS.keep(uow.connection, [_news(event, uow) for event in news])


@batch
def project_closing(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep the access, which is over, and the lines of those that ended at their date de fin."""
    project_access(events, uow=uow)
    nights.note(uow.connection, [line for event in events for line in ended(event)], uow.now)


@batch
def note_starts(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep the lines of the delegations whose date d'effet came."""
    nights.note(uow.connection, [line for event in events for line in begun(event)], uow.now)


@batch
def note_endings(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep the lines of the delegations that end soon."""
    nights.note(uow.connection, [line for event in events for line in ending(event)], uow.now, of=nights.Told.NOTICE)


@batch
def note_waiting(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep the lines of the delegations that still wait for a confirmation."""
    nights.note(uow.connection, [line for event in events for line in waiting(event)], uow.now, of=nights.Told.NOTICE)


def on_delegation_announced(event: Event, *, uow: UnitOfWork) -> None:
    """delegation said everything again: nothing else is open."""
    epoch = heard_all(event, (HELD,), uow)
    if epoch is not None:
        end_unsaid_access(uow.connection, epoch)


def on_identity_announced(event: Event, *, uow: UnitOfWork) -> None:
    """identity said everything again: there is no other account."""
    epoch = heard_all(event, (ACCOUNTS,), uow)
    if epoch is not None:
        ACCOUNTS.forget(uow.connection, epoch)


def on_dsn_announced(event: Event, *, uow: UnitOfWork) -> None:
    """dsn said everything again: there is no other alert. What was news of the others stays what it was."""
    epoch = heard_all(event, (ALERTS,), uow)
    if epoch is not None:
        ALERTS.forget(uow.connection, epoch)


def _alert(event: Event) -> dict[str, Any]:
    company = {name: event.data["adherent"][name] for name in ("adherent_id", "raison_sociale")}
    return {**event.order, **company, **{name: event.data[name] for name in ALERT}, "said_at": event.time}


def _news(event: Event, uow: UnitOfWork) -> dict[str, Any]:
    again = event.data["change"] == AlertChange.REOPENED
    return {**event.order, "alert_id": event.data["alert_id"], "heard_at": uow.now, "again": again}


_KEPT: Mapping[str, Keep] = {
    "account.completed.v1": project_account,
    "account.stated.v1": project_account,
    "account.updated.v1": project_account,
    **dict.fromkeys(ACCESS_EVENTS, project_access),
    "delegation.closed.v1": project_closing,
    "delegation.started.v1": note_starts,
    "delegation.ending.v1": note_endings,
    "confirmation.awaited.v1": note_waiting,
    "alert.opened.v1": project_alert,
    "alert.changed.v1": project_alert,
    "alert.resolved.v1": project_alert,
    "alert.stated.v1": project_alert,
    "delegation_state.announced.v1": on_delegation_announced,
    "identity_state.announced.v1": on_identity_announced,
    "dsn_state.announced.v1": on_dsn_announced,
    "session.revoked.v1": revoke_session,
    ACCESS.alive.type: hear,
    SESSIONS.alive.type: hear,
}
# Each message says in its folder which event it is written for.
LISTENS: Mapping[str, Keep] = {**_KEPT, **{type: _write(type, _KEPT.get(type)) for type in EVENTS}}
