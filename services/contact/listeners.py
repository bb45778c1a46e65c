"""The bus way in: who the accounts and the adhérents are, who has access to what, which sessions are dead."""

from collections.abc import Callable, Mapping, Sequence

from backbone.authority import hear
from backbone.database import upsert_newer
from backbone.events import Event
from backbone.listening import batch
from backbone.revocation import revoke_session
from backbone.unit_of_work import UnitOfWork
from contracts.access import ACCESS_EVENTS, project_access
from contracts.authority import ACCESS, SESSIONS
from services.contact import storage

ACCOUNT = ("account_id", "email", "nom", "prenom", "telephone_fixe", "telephone_mobile")
ADHERENT = ("adherent_id", "caisse", "identifiant", "raison_sociale", "siren")


@batch
def project_account(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep what the form shows of an account (G81): one statement for the batch."""
    rows = [{"sequence": one.sequence, **{name: one.data[name] for name in ACCOUNT}} for one in events]
    upsert_newer(uow.connection, storage.account, rows, key=("account_id",))


@batch
def project_adherent(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Keep what the form shows of an adhérent, and whose sites are whose: one statement for the batch."""
    rows = [
        {
            "sequence": one.sequence,
            **{name: one.data[name] for name in ADHERENT},
            "sites": [str(site["site_id"]) for site in one.data["sites"]],
        }
        for one in events
    ]
    upsert_newer(uow.connection, storage.adherent, rows, key=("adherent_id",))


LISTENS: Mapping[str, Callable[..., None]] = {
    "account.completed.v1": project_account,
    "account.updated.v1": project_account,
    "adherent.registered.v1": project_adherent,
    "adherent.updated.v1": project_adherent,
    **dict.fromkeys(ACCESS_EVENTS, project_access),
    "session.revoked.v1": revoke_session,
    ACCESS.alive.type: hear,
    SESSIONS.alive.type: hear,
}
