"""What people are called who did something about the same company: who it is matters less than that he did."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from gateway.clients import clients
from gateway.clients.problem import unless

MOST = 30  # that one page asks for, in one question: the others stay « une autre personne »


def names_of(adherent_id: UUID, account_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Prénom and nom of each account that has, or had, access to the adhérent; empty when delegation is away, knows
    nobody or is of the version before. Raises Problem for anything else."""
    asked = sorted(set(account_ids))[:MOST]
    if asked:
        with unless(404, 503):
            found = clients().delegation.people(adherent_id, asked)
            return {one.account_id: f"{one.prenom or ''} {one.nom or ''}".strip() for one in found}
    return {}
