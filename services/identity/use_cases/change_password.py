"""A new password from the account with the current one (G74). Nobody stays in on the old one (AA16)."""

from dataclasses import dataclass
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.password import Strength
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import CurrentPasswordWrong, refuse_if_any
from services.identity.domain.throttle import Attempt
from services.identity.steps.attempts import settle
from services.identity.steps.ending_sessions import end_sessions
from services.identity.steps.remembering import remember
from services.identity.steps.replacing_password import replace_password
from services.identity.storage import accounts


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
    if not replace_password(account, command.password, command.password_hash, uow=uow, hasher=hasher):
        raise CurrentPasswordWrong
    remember(account.account_id, Act.PASSWORD_CHANGED, uow)
    settle(account.email, command.attempt, uow=uow)
    end_sessions(account.account_id, uow, but=command.kept)
