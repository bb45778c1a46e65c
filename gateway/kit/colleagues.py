"""What people are called who did something about the same company: who it is matters less than that he did."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from gateway.clients import clients
from gateway.clients.problem import Problem

MOST = 30  # that one page asks for, each by a call: the others stay « une autre personne »


def names_of(adherent_id: UUID, account_ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """Prénom and nom of each account that has, or had, access to the adhérent; empty when delegation is away or knows
    nobody. Raises Problem for anything else."""
    asked = sorted(set(account_ids))[:MOST]
    return {account_id: _name(adherent_id, account_id) for account_id in asked}


def _name(adherent_id: UUID, account_id: UUID) -> str:
    try:
        one = clients().delegation.person(adherent_id, account_id)
    except Problem as problem:
        if problem.status in (404, 503):
            return ""
        raise
    return f"{one.prenom or ''} {one.nom or ''}".strip()
