"""Whose rights are copied: a beneficiary by his address, among those whom the person sees."""

from uuid import UUID

from contracts.rules.addresses import plain_address
from gateway.clients import clients
from gateway.clients.delegation import Delegation
from gateway.clients.requests import BeneficiaryFilters
from gateway.kit.listing import Listing

LOOKED_AT = 100  # lines whose address holds what was typed; the one that is it comes among the first of them


def held_at(adherent_id: UUID, typed: str) -> Delegation | None:
    """The delegation of that very address, of those that are not over; None when there is none."""
    address = plain_address(typed)
    if not address:
        return None
    asked = clients().delegation
    lines = asked.beneficiaries(
        adherent_id,
        Listing.first("courriel", (LOOKED_AT,)),
        BeneficiaryFilters(role=None, nom="", statut=None, date_effet=None, date_fin=None, courriel=address),
    )
    same = [one for one in lines.items if one.email.casefold() == address.casefold()]
    return asked.delegation(adherent_id, same[0].delegation_id) if same else None
