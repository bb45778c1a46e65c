"""What an act of acceptance does, logged in or by the link: delegation knows its person, the links are dead (T1)."""

from collections.abc import Collection
from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.domain.account import Account
from services.identity.domain.invitation import Ended
from services.identity.steps import security
from services.identity.steps.identify import identify
from services.identity.steps.remembering import remember
from services.identity.storage import invitations


def accept(account: Account, delegation_ids: Collection[UUID], uow: UnitOfWork) -> None:
    """They wait for their companies from now on; nothing happens to what does not wait for this account."""
    accepted = identify(account, already_known=True, uow=uow, only=delegation_ids)
    if accepted:
        invitations.end(uow.connection, accepted, Ended.USED, uow.now)
        remember(account.account_id, Act.ACCEPTED, uow)
    for delegation_id in accepted:
        security.note(security.DELEGATION_ACCEPTED, account=account.account_id, delegation=delegation_id)
