"""One live delegation for an adhérent and a person on any day (K2), refused in the words that its reader may see."""

from uuid import UUID

from backbone.messaging.unit_of_work import UnitOfWork
from services.delegation.domain.authority import may_see
from services.delegation.domain.delegation import Beneficiary, Delegation
from services.delegation.domain.period import Period
from services.delegation.domain.refusals import AddressNotAvailableRefused, AlreadyDelegatedRefused
from services.delegation.storage import accounts, delegations


def ensure_no_clash(
    uow: UnitOfWork,
    actor: Delegation,
    who: Beneficiary,
    period: Period,
    *,
    beside: UUID | None = None,
    said: str = "cette adresse",
) -> None:
    """One live delegation for an adhérent and a person on any day (K2). The refusal says which days clash if the actor
    may see what they clash with; else it is the same for all that he may not see (K10).
    `said`: the address, in words."""
    people = {*accounts.owners(uow.connection, who.email), *([who.account_id] if who.account_id else [])}
    found = delegations.clashing(uow.connection, actor.adherent_id, who.email, people, period, beside=beside)
    seen = [one for one in found if may_see(actor, one, delegations.ancestors(uow.connection, one))]
    if seen:
        days = seen[0].effective.period.as_french()
        raise AlreadyDelegatedRefused(f"Une délégation existe déjà pour {said} {days}.")
    if found:
        raise AddressNotAvailableRefused(
            f"{said[0].upper()}{said[1:]} ne peut pas recevoir cette délégation. Rapprochez-vous de l'entreprise."
        )
