"""What an act of acceptance does, logged in or by the link: delegation knows its person, the links are dead (T1)."""

from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from contracts.words.acts import Act
from services.identity.domain.account import Account
from services.identity.domain.invitation import Ended
from services.identity.steps import security
from services.identity.steps.identify import identify
from services.identity.steps.remembering import remember
from services.identity.storage import invitations


def accept(account: Account, delegation_id: UUID, uow: UnitOfWork) -> None:
    """It waits for the company from now on; nothing happens to a delegation that does not wait for this account."""
    if identify(account, already_known=True, uow=uow, only=[delegation_id]):
        invitations.end(uow.connection, [delegation_id], Ended.USED, uow.now)
        remember(account.account_id, Act.ACCEPTED, uow)
        security.note(security.DELEGATION_ACCEPTED, account=account.account_id, delegation=delegation_id)
