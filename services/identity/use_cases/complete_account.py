"""Completing an account from the link of an invitation (G44–G51): one link, one owner, every waiting delegation.

The account of a founding administrator is active at once: nobody confirms him, and his end screen says that he may log
in. Anyone else's waits for the administrator (G52).
"""

from dataclasses import dataclass
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.events.identity import ACCOUNT_COMPLETED
from contracts.words.acts import Act
from contracts.words.kinds import Kind
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account, Proof
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.link import Purpose
from services.identity.domain.password import Strength
from services.identity.domain.person import Contact, Phones, read_contact
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import LinkDead, refuse_if_any
from services.identity.steps import security
from services.identity.steps.identify import identify
from services.identity.steps.links import dead, opened, used
from services.identity.steps.remembering import remember
from services.identity.storage import accounts, codes, invitations


@dataclass(frozen=True)
class CompleteAccount:
    """The form « Ouverture de délégation » as it was filled (G46–G48)."""

    token: str
    password: ChosenPassword
    nom: str
    prenom: str
    telephone_fixe: str | None
    telephone_mobile: str | None
    newsletter: bool

    def __repr__(self) -> str:
        return "CompleteAccount(***)"


def complete_account(
    command: CompleteAccount, *, uow: UnitOfWork, hasher: Hasher, strength: Strength, phones: Phones
) -> dict[str, bool]:
    """{founder}: whether it was a founding administrator's. LinkDead (M3); a refused form leaves the link alive.

    The account's row is held from the start, so of many who use the link at once one succeeds.
    """
    found, account = opened(Purpose.INVITATION, command.token, uow)
    if account.known:
        raise dead(Purpose.INVITATION)
    contact = _checked(command, account, found.adherent["raison_sociale"], strength, phones)
    if not used(Purpose.INVITATION, command.token, uow):
        raise LinkDead
    invitations.end_all_of(uow.connection, account.account_id, uow.now)
    codes.end(uow.connection, account.account_id, uow.now)
    accounts.prove(uow.connection, [account.account_id], Proof.INVITATION, uow.now)
    founder = found.kind == Kind.FONDATEUR
    life = {"status": Status.ACTIF, "activated_at": uow.now} if founder else {"status": Status.COMPLETE}
    password_hash = hasher.hash(command.password.mot_de_passe)
    completed = accounts.change(
        uow.connection,
        account.account_id,
        **life,
        **_values(command, contact, password_hash, uow),
        **_certified(command.token, contact, uow),
    )
    if completed is None:
        raise LinkDead
    identify(completed, already_known=False, uow=uow)
    uow.record(ACCOUNT_COMPLETED, sequence=completed.version, data=completed.state())
    remember(completed.account_id, Act.OPENED, uow)
    security.note(security.USER_CREATED, account=completed.account_id)
    return {"founder": founder}


def _checked(command: CompleteAccount, account: Account, company: str, strength: Strength, phones: Phones) -> Contact:
    contact, refusals = read_contact(
        command.nom, command.prenom, command.telephone_fixe, command.telephone_mobile, phones
    )
    own_words = (command.nom, command.prenom, company)
    refuse_if_any([*command.password.refusals(account, strength, *own_words), *refusals])
    if contact is None:
        raise LinkDead
    return contact


def _certified(token: str, contact: Contact, uow: UnitOfWork) -> dict[str, Any]:
    """The number is certified if it is the one whose code came back by this very link (G50)."""
    right = contact.telephone_mobile and contact.telephone_mobile == codes.proved(uow.connection, digest(token))
    return dict.fromkeys(("mobile_certified_at", "mobile_first_certified_at"), uow.now) if right else {}


def _values(command: CompleteAccount, contact: Contact, password_hash: str, uow: UnitOfWork) -> dict[str, Any]:
    return {
        "nom": contact.nom,
        "prenom": contact.prenom,
        "telephone_fixe": contact.telephone_fixe,
        "telephone_mobile": contact.telephone_mobile,
        "newsletter": command.newsletter,
        "password_hash": password_hash,
        "password_changed_at": uow.now,
        "email_certified_at": uow.now,
        "completed_at": uow.now,
    }
