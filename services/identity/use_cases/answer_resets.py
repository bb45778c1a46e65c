"""The job that answers who forgot a password: a link for each address that has an account (G57, M2)."""

from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from backbone.shape.aside import Rows, in_batches
from contracts.events.identity import PASSWORD_RESET_REQUESTED
from contracts.rules.windows import longest, wait
from contracts.words.acts import Act
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.domain.reset import PER_ACCOUNT
from services.identity.steps import security
from services.identity.steps.certifying import remind_of
from services.identity.steps.invite_oneself import invite_themselves
from services.identity.steps.remembering import remember
from services.identity.steps.reset_links import reset_link
from services.identity.storage import accounts, resets

BATCH = 500


def answer_resets(*, units: Callable[[], UnitOfWork], sealer: Sealer, lifetimes: Lifetimes) -> int:
    """Make a link for each noted address that has an account, at most three an hour; how many addresses were noted."""

    def act(rows: Sequence[Any], uow: UnitOfWork) -> int:
        asked = resets.take(uow.connection, [row.request_id for row in rows])
        _answer(asked, uow, sealer, lifetimes)
        return len(asked)

    def due(uow: UnitOfWork, limit: int, beside: Collection[UUID]) -> Sequence[Any]:
        return resets.asked(uow.connection, limit, beside)

    return in_batches(Rows("answer_resets", due, act, attrgetter("request_id")), units=units, batch=BATCH)


def _answer(asked: list[str], uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    held = accounts.lock_by_keys(uow.connection, asked) if asked else []
    for one in held:
        if one.status is Status.DESACTIVE:
            remind_of(one.account_id, uow=uow, sealer=sealer, lifetimes=lifetimes)
    invite_themselves(held, uow=uow, sealer=sealer, lifetimes=lifetimes)
    known = [one for one in held if one.may_reset]
    if not known:
        return
    since = uow.now - longest(PER_ACCOUNT)
    sent = resets.issued_since(uow.connection, [one.account_id for one in known], since)
    allowed = [one for one in known if not wait(PER_ACCOUNT, sent.get(one.account_id, []), uow.now)]
    for account in known:
        if account not in allowed:
            security.note(security.RATE_EXCEEDED, failed=True, account=account.account_id, purpose="reset")
    _issue(allowed, uow, sealer, lifetimes)


def _issue(allowed: list[Account], uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    for account in allowed:
        link = reset_link(account.account_id, uow, lifetimes)
        data = {
            "request_id": new_id(),
            "account_id": account.account_id,
            "email": account.email,
            "prenom": account.prenom,
            "expires_at": link.until,
            "sealed": sealer.seal({"token": link.token}),
        }
        uow.record(PASSWORD_RESET_REQUESTED, sequence=1, data=data)
        remember(account.account_id, Act.PASSWORD_LINK, uow)
