"""« Déléguer des droits » (G24–G40): an administrator delegates part of what he has to an address.

In two units: that he asks is counted and committed (`admit_opening`), then it is judged and done (`open_delegation`).
"""

from typing import Any

from backbone.clock import paris_day
from backbone.ids import new_id
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.events.delegation import DELEGATION_OPENED
from contracts.words.kinds import Kind
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.status import Facts
from services.delegation.steps.announce import announce, person
from services.delegation.steps.clashing import ensure_no_clash
from services.delegation.steps.deciding import ensure_proven
from services.delegation.steps.opening import OpenDelegation, asked
from services.delegation.storage import adherents, delegations
from services.delegation.storage.journal import Author


def open_delegation(command: OpenDelegation, *, uow: UnitOfWork) -> dict[str, Any]:
    """Open it, once admitted, and announce it. The id; raises AA26, AA27, AA29, AA31, AA32, C8 and the clash of two."""
    delegations.lock(uow.connection, [command.adherent_id])
    day = paris_day(uow.now)
    actor, email, grant = asked(command, uow)
    ensure_no_clash(uow, actor, Beneficiary(email), grant.period)
    ensure_proven(uow, command.authenticated_at, grant)
    delegation = Delegation(
        id=new_id(),
        adherent_id=command.adherent_id,
        # What the firm delegates stays the firm's, and is bounded by the firm's own delegation (C10).
        kind=Kind.CABINET if actor.of_the_firm else Kind(command.kind),
        parent_id=actor.id if actor.of_the_firm else None,
        grantor_id=actor.id,
        beneficiary=Beneficiary(email),
        granted=grant,
        effective=grant.meet(actor.effective) if actor.of_the_firm else grant,
        opened_at=uow.now,
        facts=Facts(day),
    )
    delegations.add(uow.connection, [delegation], author=Author.of(actor), at=uow.now)
    adherent = adherents.reference(uow.connection, command.adherent_id)
    announce(uow, DELEGATION_OPENED, delegation, adherent, opened_by=person(actor))
    return {"delegation_id": str(delegation.id)}
