"""An attestation as it is answered, to the company and to the beneficiary alike."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.engine import Connection

from backbone.errors import NotFound
from services.delegation.domain.delegation import Delegation
from services.delegation.storage import attestations

SAID = (
    *("number", "issued_at", "kind", "role", "in_force", "opened_at", "completed_at", "confirmed_at", "closed_at"),
    *("opened_by", "confirmed_by", "texts"),
)


def attested(connection: Connection, held: Delegation) -> dict[str, Any]:
    """The one of `held` as it is. NotFound when none was issued since it last changed."""
    one = attestations.of(connection, held)
    if one is None:
        raise NotFound
    return {**{name: getattr(one, name) for name in SAID}, **asdict(one.parties), **one.grant.as_plain()}
