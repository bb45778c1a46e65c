"""The bus way in: what identity announces and delegation acts on. Each takes a whole batch in a few statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from backbone.events.cards import Event
from backbone.messaging.announcing import heard_all
from backbone.messaging.listening import Listener, batch
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.authority import hear
from backbone.web import revoke_session
from contracts.events.authority import SESSIONS
from services.delegation.domain.delegation import Beneficiary
from services.delegation.settings import Settings
from services.delegation.storage import accounts, invitations
from services.delegation.use_cases.ask_bank_details import Proof, ask_bank_details
from services.delegation.use_cases.end_bank_proofs import EndedProof, end_bank_proofs
from services.delegation.use_cases.follow_accounts import follow_accounts
from services.delegation.use_cases.follow_uses import follow_uses
from services.delegation.use_cases.identify_beneficiaries import Identified, identify_beneficiaries

GIVEN = ("proof_id", "account_id", "adherent_id")
ENDED = ("proof_id", "reason", "ended_at")


@batch
def on_beneficiary_identified(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """The beneficiary has an account: confirmed at once for a founder, to be confirmed for anyone else."""
    identify_beneficiaries([_identified(event) for event in events], uow=uow)


@batch
def on_account(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Names and address of an account, for the lists; who administers learns of another address."""
    follow_accounts(_accounts(events), uow=uow)


@batch
def on_account_stated(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """The same, said again: kept and shown, and nobody is told of it."""
    accounts.project(uow.connection, _accounts(events))


def on_identity_announced(event: Event, *, uow: UnitOfWork) -> None:
    """identity said everything again: there is no other account, and no other invitation."""
    epoch = heard_all(event, (accounts.ACCOUNTS, invitations.STANDINGS), uow)
    if epoch is not None:
        accounts.ACCOUNTS.forget(uow.connection, epoch)
        invitations.STANDINGS.forget(uow.connection, epoch)


@batch
def on_invitation_standing(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Where the invitation of a pending delegation stands (K6)."""
    names = ("delegation_id", "invitation_id", "issued_at", "expires_at", "next_at", "waits_for")
    said = [{**event.order, **{name: event.data[name] for name in names}} for event in events]
    rows = [{**row, "opened_at": event.data.get("opened_at")} for row, event in zip(said, events, strict=True)]
    invitations.project_standings(uow.connection, rows)


@batch
def on_invitation_delivered(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """What became of its mail, perhaps before its standing is told (K6)."""
    names = ("invitation_id", "delegation_id", "outcome", "at")
    rows = [{**event.order, **{name: event.data[name] for name in names}} for event in events]
    invitations.project_mails(uow.connection, rows)


@batch
def on_used(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """Who used which right on which day, as dsn and contact saw it: for the review, and for the tiles."""
    names = ("adherent_id", "account_id", "day", "at")
    said = [({name: event.data[name] for name in names}, event.data["codes"]) for event in events]
    follow_uses([{**use, "code": code} for use, codes in said for code in codes], uow=uow)


@batch
def on_bank_proof_given(events: Sequence[Event], *, uow: UnitOfWork, settings: Settings) -> None:
    """An administrator asks for new bank details (G78)."""
    ask_bank_details([Proof(*(one.data[name] for name in GIVEN)) for one in events], uow=uow, settings=settings)


@batch
def on_bank_proof_ended(events: Sequence[Event], *, uow: UnitOfWork) -> None:
    """The account of who asked for new bank details changed (G78)."""
    end_bank_proofs([EndedProof(*(one.data[name] for name in ENDED)) for one in events], uow=uow)


def _accounts(events: Sequence[Event]) -> list[dict[str, Any]]:
    fields = ("account_id", "email", "nom", "prenom")
    return [{**event.order, **{name: event.data[name] for name in fields}} for event in events]


def _identified(event: Event) -> Identified:
    data = event.data
    who = Beneficiary(data["email"], data["account_id"], data["nom"], data["prenom"])
    return Identified(data["delegation_id"], who, data["already_known"], data.get("version", 0), event.epoch)


LISTENS: Mapping[str, Listener] = {
    "account.completed.v1": on_account,
    "account.stated.v1": on_account_stated,
    "account.updated.v1": on_account,
    "bank_proof.ended.v1": on_bank_proof_ended,
    "bank_proof.given.v1": on_bank_proof_given,
    "beneficiary.identified.v1": on_beneficiary_identified,
    "contact.used.v1": on_used,
    "dsn.used.v1": on_used,
    "identity_state.announced.v1": on_identity_announced,
    "invitation.delivered.v1": on_invitation_delivered,
    "invitation.standing.v1": on_invitation_standing,
    "session.revoked.v1": revoke_session,
    SESSIONS.alive.type: hear,
}
