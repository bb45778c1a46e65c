"""A new password from a link, when it was forgotten (G57). Nobody stays in on the old one (AA16)."""

from dataclasses import dataclass

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.domain.account import Proof
from services.identity.domain.chosen_password import ChosenPassword
from services.identity.domain.link import Purpose
from services.identity.domain.password import Strength
from services.identity.domain.ports import Hasher
from services.identity.domain.refusals import LinkDead, refuse_if_any
from services.identity.steps.attempts import login_key
from services.identity.steps.ending_sessions import end_sessions
from services.identity.steps.links import dead, opened, used
from services.identity.steps.remembering import remember
from services.identity.steps.replacing_password import replace_password
from services.identity.storage import accounts, counters


@dataclass(frozen=True)
class ResetPassword:
    """The form behind the link of a forgotten password."""

    token: str
    password: ChosenPassword

    def __repr__(self) -> str:
        return "ResetPassword(***)"


def reset_password(command: ResetPassword, *, uow: UnitOfWork, hasher: Hasher, strength: Strength) -> None:
    """Replace it, end every session and free the throttled login. LinkDead; a refused form leaves the link alive."""
    _, account = opened(Purpose.RESET, command.token, uow)
    if not account.may_reset:
        raise dead(Purpose.RESET)
    refuse_if_any(command.password.refusals(account, strength))
    if not used(Purpose.RESET, command.token, uow):
        raise LinkDead
    replace_password(account, command.password, uow=uow, hasher=hasher, email_certified_at=uow.now)
    remember(account.account_id, Act.PASSWORD_RESET, uow)
    accounts.prove(uow.connection, [account.account_id], Proof.REINITIALISATION, uow.now)
    counters.forget(uow.connection, login_key(account.email))
    end_sessions(account.account_id, uow)
