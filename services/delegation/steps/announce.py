"""Events carry the whole state of what they are about, so that no consumer calls back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from backbone.events.cards import EventCard
from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.delegation import INSTANTS, Delegation
from services.delegation.storage import delegations


def announce(
    uow: UnitOfWork, card: EventCard, delegation: Delegation, adherent: Mapping[str, Any], **more: object
) -> None:
    """Record `card` for a delegation of `adherent` as it now stands, with what else the card wants."""
    uow.record(card, sequence=delegation.sequence, data={**state_of(delegation, adherent), **more})


def person(delegation: Delegation) -> dict[str, Any]:
    """The holder, as somebody to write to."""
    who = delegation.beneficiary
    return {"email": who.email, "nom": who.nom, "prenom": who.prenom}


def with_administrators(
    uow: UnitOfWork, concerned: Sequence[Delegation], day: date
) -> Iterator[tuple[Delegation, list[Delegation]]]:
    """Each with those who administer it on `day`, the company's own and those above it, but not its beneficiary."""
    adherent_ids = {one.adherent_id for one in concerned}
    serving = delegations.company_administrators(uow.connection, adherent_ids, day) if concerned else []
    above = delegations.all_ancestors(uow.connection, concerned)
    for one in concerned:
        yield (
            one,
            [
                admin
                for admin in (*serving, *above[one.id])
                if admin.adherent_id == one.adherent_id
                and admin.usable_on(day)
                and admin.effective.scope.administrator
                and admin.beneficiary.account_id != one.beneficiary.account_id
            ],
        )


def state_of(delegation: Delegation, adherent: Mapping[str, Any]) -> dict[str, Any]:
    """A delegation of `adherent` as events say it (`DelegationState`)."""
    return {
        "delegation_id": delegation.id,
        "parent_id": delegation.parent_id,
        "adherent": dict(adherent),
        "beneficiary": {**person(delegation), "account_id": delegation.beneficiary.account_id},
        "kind": str(delegation.kind),
        **delegation.effective.as_plain(),
        **{name: getattr(delegation, name) for name in INSTANTS},
    }
