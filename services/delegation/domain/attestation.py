"""An attestation of a delegation: what is written down once, under a number, and what the number says from then on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from contracts.words.attested import Attested
from contracts.words.kinds import Kind, Role
from services.delegation.domain.delegation import Delegation
from services.delegation.domain.grant import Grant
from services.delegation.domain.refusals import NothingToAttestRefused


@dataclass(frozen=True)
class Parties:
    """Between whom: the company, and the beneficiary as he was called that day."""

    raison_sociale: str
    siren: str
    identifiant: str
    nom: str | None
    prenom: str | None
    email: str


@dataclass(frozen=True)
class Attestation:
    """What was true of a delegation, as its version `version`, when it was issued.

    `opened_by`, `confirmed_by`: as the beneficiary may read them, so that both sides have one document; None for what
    the caisse did. `texts`: by moment, the version of what was shown then; None for one that nobody kept.
    """

    number: str
    delegation_id: UUID
    version: int
    issued_at: datetime
    parties: Parties
    kind: Kind
    role: Role
    grant: Grant
    in_force: bool
    opened_at: datetime
    completed_at: datetime | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    opened_by: str | None
    confirmed_by: str | None
    texts: dict[str, str | None]

    def standing(self, held: Delegation, siren: str, day: date) -> Attested:
        """What is told on `day` of this number and `siren`, of which `held` is the delegation.

        Valid is only what is all true still: rights or days that were taken since make it a document of the past.
        """
        if siren != self.parties.siren:
            return Attested.UNKNOWN
        stands = self.grant.meet(held.effective) == self.grant and day <= self.grant.period.last_day
        return Attested.VALID if stands and held.usable_on(day) else Attested.ENDED


def ensure_attestable(one: Delegation, day: date) -> None:
    """Raises NothingToAttestRefused of what was in force on no day up to `day`."""
    until = min(day, one.facts.closed_on or day)
    if one.facts.confirmed_on is None or one.effective.period.starts_on > until:
        raise NothingToAttestRefused
