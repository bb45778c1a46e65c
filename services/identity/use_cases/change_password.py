"""A new password: from the account with the current one (G74), or from a link when it was forgotten (G57).

Either way the owner is told by mail, and nobody stays in on the old one (AA16).
"""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from backbone.secrets import digest
from contracts.events.identity import PASSWORD_CHANGED
from services.identity.domain.account import Account, Proof
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.password import Strength
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import CurrentPasswordWrong, LinkDead, refuse_if_any
from services.identity.domain.throttle import Attempt
from services.identity.steps import security
from services.identity.storage import accounts, counters, resets
from services.identity.storage.tables import accounts as table
from services.identity.use_cases.end_sessions import EndOthers, end_others
from services.identity.use_cases.log_in import login_key, settle


@dataclass(frozen=True)
class ChangePassword:
    """The current password was right against `password_hash`; this one replaces it. `kept`: the session that stays."""

    account_id: UUID
    kept: UUID | None
    attempt: Attempt
    password_hash: str
    password: ChosenPassword


def change_password(command: ChangePassword, *, uow: UnitOfWork, hasher: Hasher, strength: Strength) -> None:
    """Replace it. The refusals of `password_refusals`; CurrentPasswordWrong when it was changed meanwhile."""
    account = accounts.lock(uow.connection, command.account_id)
    if account is None:
        raise CurrentPasswordWrong
    refuse_if_any(command.password.refusals(account, strength))
    unchanged = table.c.password_hash == command.password_hash
    if not _replace(account, command.password, unchanged, uow=uow, hasher=hasher):
        raise CurrentPasswordWrong
    settle(account.email, command.attempt, uow=uow)
    end_others(EndOthers(account.account_id, command.kept), uow=uow)


@dataclass(frozen=True)
class ResetPassword:
    """The form behind the link of a forgotten password."""

    token: str
    password: ChosenPassword

    def __repr__(self) -> str:
        return "ResetPassword(***)"


def reset_password(command: ResetPassword, *, uow: UnitOfWork, hasher: Hasher, strength: Strength) -> None:
    """Replace it, end every session and free the throttled login. LinkDead; a refused form leaves the link alive."""
    found = resets.live(uow.connection, digest(command.token), uow.now)
    account = accounts.lock(uow.connection, found.account_id) if found else None
    if account is None or not account.may_reset:
        security.note(security.TOKEN_REUSE, failed=True, purpose="reset")
        raise LinkDead
    refuse_if_any(command.password.refusals(account, strength))
    if not resets.consume(uow.connection, digest(command.token), uow.now):
        raise LinkDead
    _replace(account, command.password, uow=uow, hasher=hasher, email_certified_at=uow.now)
    accounts.prove(uow.connection, [account.account_id], Proof.REINITIALISATION, uow.now)
    counters.forget(uow.connection, login_key(account.email))
    end_others(EndOthers(account.account_id), uow=uow)


def _replace(
    account: Account, password: ChosenPassword, *conditions: object, uow: UnitOfWork, hasher: Hasher, **more: object
) -> Account | None:
    values = {"password_hash": hasher.hash(password.mot_de_passe), "password_changed_at": uow.now, **more}
    changed = accounts.change(uow.connection, account.account_id, *conditions, **values)
    if changed:
        resets.end(uow.connection, [account.account_id], uow.now)
        data = {
            "account_id": changed.account_id,
            "email": changed.email,
            "prenom": changed.prenom,
            "changed_at": uow.now,
        }
        uow.record(PASSWORD_CHANGED, sequence=changed.version, data=data)
        security.note(security.PASSWORD_CHANGE, account=changed.account_id)
    return changed
