"""Events carry the whole state of what they are about, so that no consumer calls back."""

from collections.abc import Mapping
from typing import Any

from backbone.events import EventCard
from backbone.unit_of_work import UnitOfWork
from services.delegation.domain.delegation import Delegation

INSTANTS = ("opened_at", "completed_at", "confirmed_at", "refused_at", "closed_at")


def announce(
    uow: UnitOfWork, card: EventCard, delegation: Delegation, adherent: Mapping[str, Any], **more: object
) -> None:
    """Record `card` for a delegation of `adherent` as it now stands, with what else the card wants."""
    uow.record(card, sequence=delegation.sequence, data={**_state(delegation, adherent), **more})


def person(delegation: Delegation) -> dict[str, Any]:
    """The holder, as somebody to write to."""
    who = delegation.beneficiary
    return {"email": who.email, "nom": who.nom, "prenom": who.prenom}


def _state(delegation: Delegation, adherent: Mapping[str, Any]) -> dict[str, Any]:
    period = delegation.effective.period
    return {
        "delegation_id": delegation.id,
        "parent_id": delegation.parent_id,
        "adherent": dict(adherent),
        "beneficiary": {**person(delegation), "account_id": delegation.beneficiary.account_id},
        "kind": str(delegation.kind),
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        **delegation.effective.scope.as_plain(),
        **{name: getattr(delegation, name) for name in INSTANTS},
    }
