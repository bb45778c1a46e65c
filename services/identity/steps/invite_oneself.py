"""A link that somebody who was invited asks for himself, by « Mot de passe oublié ? » (G57, M2).

Anybody may type the address, also a company that invited it and would read from its own page whether another one did
since: so this link stands beside those of the companies, opens the account whichever of them invited, and is told to
none (decision 36). Who can log in needs none: what waits for him is on the page where he chooses a company.
"""

from collections.abc import Sequence
from typing import Any

from backbone.messaging.unit_of_work import UnitOfWork
from services.identity.domain.account import Account
from services.identity.domain.invitation import FORGETFUL, REMEMBERED, AcceptsBy, accepts_by, own_pause
from services.identity.domain.lifetimes import Lifetimes
from services.identity.domain.ports import Sealer
from services.identity.steps import security
from services.identity.steps.invite import New, send
from services.identity.storage import delegations, invitations


def invite_themselves(held: Sequence[Account], *, uow: UnitOfWork, sealer: Sealer, lifetimes: Lifetimes) -> None:
    """One new link for each of these accounts, which are held, that was invited and cannot log in; their own former one
    dies. Over the limit it is as if nobody had asked."""
    owners = {one.account_id: one for one in held if accepts_by(one.status) is not AcceptsBy.LOGIN}
    if not owners:
        return
    rows = _within_limit(delegations.newest_pending(uow.connection, owners), uow)
    invitations.supersede_own(uow.connection, rows, uow.now)
    send([New(row, owners[row.account_id], FORGETFUL) for row in rows], uow=uow, sealer=sealer, lifetimes=lifetimes)


def _within_limit(rows: Sequence[Any], uow: UnitOfWork) -> list[Any]:
    sent = invitations.sent_since(uow.connection, {row.account_id for row in rows}, uow.now - REMEMBERED)
    over = {row.account_id for row in rows if own_pause(row.account_id, sent, uow.now)}
    for account_id in sorted(over):
        security.note(security.RATE_EXCEEDED, failed=True, account=account_id, purpose="invitation")
    return [row for row in rows if row.account_id not in over]
