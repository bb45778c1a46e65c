"""Who has rights already, as far as the list of the person shows it: told before the matrix is filled.

Delegation judges all the same, also what this person may not see (K10).
"""

from datetime import date

from contracts.rules.addresses import canonical_address
from gateway.clients import clients
from gateway.clients.requests import BeneficiaryFilters
from gateway.clients.shape import Window
from gateway.kit.access import Space
from gateway.kit.labels import day

FEW = 50  # lines of the list that hold one address


def standing(space: Space, email: str, starts_on: date | None, ends_on: date | None) -> str:
    """The sentence about a delegation of this address that is open on one of these days; empty without one. Raises
    Problem."""
    filters = BeneficiaryFilters(role=None, nom="", statut=None, date_effet=None, date_fin=None, courriel=email)
    found = clients().delegation.beneficiaries(space.tier.adherent_id, Window("courriel", 1, FEW), filters)
    for one in found.items:
        same = canonical_address(one.email) == canonical_address(email)
        if same and max(one.starts_on, starts_on or date.min) <= min(one.ends_on or date.max, ends_on or date.max):
            days = (
                f"du {day(one.starts_on)} au {day(one.ends_on)}" if one.ends_on else f"à partir du {day(one.starts_on)}"
            )
            return f"Une délégation existe déjà pour cette adresse, {days} : modifiez-la ou fermez-la dans la liste."
    return ""
