"""Undoing a change of address from the former one (T5): somebody else knows the password."""

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest, new_token
from contracts.words.acts import Act
from contracts.words.bank_details import Spoiled
from contracts.words.reasons import Undone
from services.identity.domain.account import Proof
from services.identity.domain.address import fold
from services.identity.domain.contact_before import contact_before
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.link import UseLink
from services.identity.domain.ports import Hasher, Sealer
from services.identity.domain.refusals import LinkDead
from services.identity.steps.ending_proofs import end_proofs
from services.identity.steps.ending_sessions import end_sessions
from services.identity.steps.identifier_changes import activate, held, tell_undone
from services.identity.steps.remembering import remember
from services.identity.steps.reset_links import reset_link
from services.identity.steps.welcome import look_again
from services.identity.storage import accounts, codes, identifiers


def undo_identifier(command: UseLink, *, uow: UnitOfWork, hasher: Hasher, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """The former address is the identifiant, until the link's time is over and whatever became of the change: open,
    proved, lapsed or taken. LinkDead, also once a later change moved the account: that change's own link undoes it.

    Somebody else knows the password: it is none any more, sessions, links and codes fall with it, and so does a change
    begun since; the contact data are those of before. The mail says so, and brings a link to choose another password.
    Who waited for this address is invited at it.
    """
    change, account = held(identifiers.to_undo(uow.connection, digest(command.token), uow.now), uow)
    old_key = fold(change.old_email)
    moves = account.email_key != old_key
    if not identifiers.undo(uow.connection, change, uow.now, moves=moves):
        raise LinkDead
    if moves and not accounts.claim(uow.connection, change.old_email, old_key, uow.now):
        raise LinkDead
    end_sessions(account.account_id, uow)
    end_proofs(account.account_id, Spoiled.IDENTIFIER, uow)
    codes.end(uow.connection, account.account_id, uow.now)
    nobodys = hasher.hash(new_token())  # the same cost to try it as any other
    former = contact_before(change.contact, account, change.requested_at)
    fallen = {"password_hash": nobodys, "email_certified_at": uow.now, **former}
    activate(change.old_email, account, uow, act="undone", **fallen)
    accounts.prove(uow.connection, [account.account_id], Proof.ANNULATION, uow.now)
    remember(account.account_id, Act.IDENTIFIER_UNDONE, uow)
    look_again(account, uow)
    link = reset_link(account.account_id, uow, lifetimes)
    sealed = sealer.seal({"token": link.token})
    tell_undone(change, account, Undone.ANNULATION, uow, sealed=sealed, reset_expires_at=link.until)
