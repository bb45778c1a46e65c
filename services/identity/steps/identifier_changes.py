"""What every act on a change of address does (G75, T5): its account held, given back, and what is told of it.

Whatever comes first under the account's lock decides; the account is active after each of them.
"""

from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.identifier import IDENTIFIER_CHANGE_UNDONE
from contracts.events.identity import ACCOUNT_UPDATED
from contracts.words.statuses import AccountStatus as Status
from services.identity.domain.account import Account
from services.identity.domain.address import fold
from services.identity.domain.identifier import Change
from services.identity.domain.link import Purpose
from services.identity.steps import security
from services.identity.steps.attempts import login_key
from services.identity.steps.links import dead
from services.identity.storage import accounts, counters

WAKE = "identifier_changes"


def moved(change: Change, account: Account) -> dict[str, object]:
    """What every event of a change says of it."""
    return {
        "change_id": change.change_id,
        "account_id": change.account_id,
        "email": change.old_email,
        "new_email": change.new_email,
        "prenom": account.prenom,
    }


def announce(changed: Account | None, uow: UnitOfWork, *, act: str) -> None:
    """Tell the other services what the account is now."""
    if changed:
        uow.record(ACCOUNT_UPDATED, sequence=changed.version, data=changed.state())
        security.note(security.USER_UPDATED, account=changed.account_id, status=changed.status, identifier=act)


def held(change: Change | None, uow: UnitOfWork) -> tuple[Change, Account]:
    """The change of a live link and its account, held; what came meanwhile is seen by the UPDATE that follows."""
    account = accounts.lock(uow.connection, change.account_id) if change else None
    if change is None or account is None:
        raise dead(Purpose.IDENTIFIER)
    return change, account


def activate(email: str, account: Account, uow: UnitOfWork, *, act: str, **more: Any) -> Account | None:
    """Active, at this address; failed logins there were perhaps of somebody who did not know yet that it waited."""
    values = {"email": email, "email_key": fold(email), "status": Status.ACTIF, **more}
    changed = accounts.change(uow.connection, account.account_id, **values)
    announce(changed, uow, act=act)
    counters.forget(uow.connection, login_key(email))
    return changed


def tell_undone(change: Change, account: Account, reason: str, uow: UnitOfWork, **link: Any) -> None:
    """Tell the former address that the change is over, and why; `link`: the one that replaces the password."""
    proved = account.email_key == fold(change.new_email)
    data = {**moved(change, account), "proved": proved, "reason": reason, "undone_at": uow.now, **link}
    uow.record(IDENTIFIER_CHANGE_UNDONE, sequence=1, data=data)
