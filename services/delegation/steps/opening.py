"""What « Déléguer des droits » asks for (G24–G40), read alike when it is counted and when it is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backbone.clock import paris_day
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.addresses import address, same_address
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Grant, Terms, grant_asked
from services.delegation.domain.refusals import OwnAddressRefused
from services.delegation.storage import accounts, delegations


@dataclass(frozen=True)
class OpenDelegation:
    """What steps 1 and 2 ask for, who asks it, and when he last gave his password."""

    actor: UUID | None
    adherent_id: UUID
    authenticated_at: datetime | None
    email: str
    kind: str
    terms: Terms


def asked(command: OpenDelegation, uow: UnitOfWork) -> tuple[Delegation, str, Grant]:
    """Who asks, for which address, for what: read alike by both units."""
    day = paris_day(uow.now)
    actor = delegations.administrator(uow.connection, command.actor, command.adherent_id, day)
    return actor, _who(uow, command.email, actor), grant_asked(command.terms, actor.effective, day)


def _who(uow: UnitOfWork, email: str, actor: Delegation) -> str:
    asked = address(email)
    own = same_address(asked) == same_address(actor.beneficiary.email)
    if own or actor.beneficiary.account_id in accounts.owners(uow.connection, asked):
        raise OwnAddressRefused
    return asked
