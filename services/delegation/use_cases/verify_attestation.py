"""Anybody asks whether an attestation holds, by its number and the company's SIREN: one word (decision 61)."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from backbone.clock import paris_day
from backbone.errors import retry_after
from backbone.messaging.unit_of_work import UnitOfWork
from contracts.rules.attestation_numbers import right_number, typed_number
from contracts.words.attested import Attested
from services.delegation.domain.refusals import AskedTooOftenRefused
from services.delegation.storage import attestations, delegations, looks

security = logging.getLogger("security")
A_MINUTE = 30  # looks of one client


@dataclass(frozen=True)
class VerifyAttestation:
    """What was typed, and the client who asks."""

    number: str
    siren: str
    client: str


def verify_attestation(command: VerifyAttestation, *, uow: UnitOfWork) -> Attested:
    """What stands today. A number that nobody has and a SIREN of another company are told alike.
    AskedTooOftenRefused, counted whatever was typed."""
    if looks.count(uow.connection, command.client, uow.now) > A_MINUTE:
        security.warning("excess_rate_limit_exceeded", extra={"address": command.client})
        raise AskedTooOftenRefused(headers=retry_after(timedelta(seconds=60 - uow.now.second)))
    number = typed_number(command.number)
    one = attestations.by_number(uow.connection, number) if right_number(number) else None
    if one is None:
        return Attested.UNKNOWN
    held = delegations.by_ids(uow.connection, [one.delegation_id])[one.delegation_id]
    return one.standing(held, command.siren, paris_day(uow.now))
