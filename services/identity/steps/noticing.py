"""Word to the owner of an account of what he may not have done himself: a new browser, a series of refused logins."""

from datetime import datetime
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identity import LOGINS_REFUSED, NEW_BROWSER_USED
from contracts.rules.windows import DAY, Window
from services.identity.domain.account import Account
from services.identity.domain.familiar import KEPT, is_unfamiliar
from services.identity.steps.whereabouts import where
from services.identity.storage import browsers, counters
from services.identity.storage.logins import Noted

A_DAY = (Window(DAY, 1),)


def notice_browser(login: Noted, browser_hash: str | None, uow: UnitOfWork) -> None:
    """The owner is told of a browser that he never logged in with before `login`; it is known from now on.
    `browser_hash`: of the token that the gateway left in it, by which the account does not know it; None for who asks
    without one."""
    owner = login.row
    before, here = browsers.logins(uow.connection, owner.account_id, where(), uow.now - KEPT, beside=login.entry)
    if browser_hash:
        browsers.add(uow.connection, owner.account_id, browser_hash, uow.now)
    if is_unfamiliar(carries_known=False, logged_in_before=before, logged_in_here=here):
        place = {"browser": where().browser, "address": where().address}
        uow.record(NEW_BROWSER_USED, sequence=1, data={**_owner(owner), **place, "logged_in_at": uow.now})


def tell_refused(account: Account, failures: int, last_at: datetime, uow: UnitOfWork) -> None:
    """The owner is told that logins are refused one after the other: once a day at most, or nobody would read it."""
    if not counters.count(uow.connection, "refused-told", str(account.account_id), A_DAY, uow.now):
        data = {**_owner(account), "refused": failures, "last_refused_at": last_at}
        uow.record(LOGINS_REFUSED, sequence=1, data=data)


def _owner(account: Any) -> dict[str, object]:
    return {"account_id": account.account_id, "email": account.email, "prenom": account.prenom}
