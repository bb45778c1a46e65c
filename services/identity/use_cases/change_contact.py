"""« Modification des informations de contact » (G76): a new mobile number is uncertified until its code (AA40)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.errors import NotFound
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.rights.freshness import ensure_fresh
from contracts.events.identity import ACCOUNT_UPDATED
from contracts.words.acts import Act
from contracts.words.bank_details import Spoiled
from services.identity.domain.account import Account
from services.identity.domain.person import Contact, Phones, read_contact
from services.identity.domain.refusals import VersionStale, refuse_if_any
from services.identity.steps import security
from services.identity.steps.ending_proofs import end_proofs
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, codes


@dataclass(frozen=True)
class ChangeContact:
    """The form, the version it was made from, and when its sender last gave the password."""

    account_id: UUID
    version: int
    authenticated_at: datetime | None
    nom: str
    prenom: str
    telephone_fixe: str | None
    telephone_mobile: str | None


def change_contact(command: ChangeContact, *, uow: UnitOfWork, phones: Phones) -> None:
    """Change it. VersionStale; the refusals of the form; ReauthenticationNeeded to change the mobile number (C8)."""
    account = accounts.lock(uow.connection, command.account_id)
    if account is None:
        raise NotFound
    if account.version != command.version:
        raise VersionStale
    contact, refusals = read_contact(
        command.nom, command.prenom, command.telephone_fixe, command.telephone_mobile, phones
    )
    refuse_if_any(refusals)
    if contact is not None:
        _change(account, contact, command.authenticated_at, uow)


def _change(account: Account, contact: Contact, authenticated_at: datetime | None, uow: UnitOfWork) -> None:
    certified_at = account.mobile_certified_at
    if contact.telephone_mobile != account.telephone_mobile:
        ensure_fresh(authenticated_at, uow.now)
        codes.end(uow.connection, account.account_id, uow.now)
        end_proofs(account.account_id, Spoiled.MOBILE, uow)
        certified_at = None
    values = {**vars(contact), "mobile_certified_at": certified_at}
    changed = accounts.change(uow.connection, account.account_id, **values)
    if changed:
        uow.record(ACCOUNT_UPDATED, sequence=changed.version, data=changed.state())
        remember(changed.account_id, Act.CONTACT_CHANGED, uow)
        security.note(security.USER_UPDATED, account=changed.account_id)
