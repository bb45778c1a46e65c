"""The bus way in: who the accounts and the adhérents are, who has access to what, which sessions are dead."""

from collections.abc import Callable, Mapping, Sequence

from backbone.events.cards import Event
from backbone.messaging.announcing import heard_all
from backbone.messaging.listening import batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import hear
from backbone.rights.revocation import revoke_session
from contracts.events.access import ACCESS_EVENTS, HELD, end_unsaid_access, project_access
from contracts.events.authority import ACCESS, SESSIONS
from services.contact.storage.accounts import ACCOUNTS
from services.contact.storage.adherents import ADHERENTS

ACCOUNT = ("account_id", "email", "nom", "prenom", "telephone_fixe", "telephone_mobile")
ADHERENT = ("adherent_id", "caisse", "identifiant", "raison_sociale", "siren")


@batch
def project_account(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep what the form shows of an account (G81): one statement for the batch."""
    rows = [{**one.order, **{name: one.data[name] for name in ACCOUNT}} for one in events]
    ACCOUNTS.keep(uow.connection, rows)


@batch
def project_adherent(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep what the form shows of an adhérent, and whose sites are whose: one statement for the batch."""
    rows = [
        {
            **one.order,
            **{name: one.data[name] for name in ADHERENT},
            "sites": [str(site["site_id"]) for site in one.data["sites"]],
        }
        for one in events
    ]
    ADHERENTS.keep(uow.connection, rows)


def on_delegation_announced(event: Event, *, uow: UnitOfWork) -> None:
    """delegation said everything again: nothing else is open, and there is no other adhérent."""
    epoch = heard_all(event, (HELD, ADHERENTS), uow)
    if epoch is not None:
        end_unsaid_access(uow.connection, epoch)
        ADHERENTS.forget(uow.connection, epoch)


def on_identity_announced(event: Event, *, uow: UnitOfWork) -> None:
    """identity said everything again: there is no other account."""
    epoch = heard_all(event, (ACCOUNTS,), uow)
    if epoch is not None:
        ACCOUNTS.forget(uow.connection, epoch)


LISTENS: Mapping[str, Callable[..., None]] = {
    "account.completed.v1": project_account,
    "account.stated.v1": project_account,
    "account.updated.v1": project_account,
    "adherent.registered.v1": project_adherent,
    "adherent.stated.v1": project_adherent,
    "adherent.updated.v1": project_adherent,
    "delegation_state.announced.v1": on_delegation_announced,
    "identity_state.announced.v1": on_identity_announced,
    **dict.fromkeys(ACCESS_EVENTS, project_access),
    "session.revoked.v1": revoke_session,
    ACCESS.alive.type: hear,
    SESSIONS.alive.type: hear,
}
