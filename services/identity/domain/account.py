"""The life of an account: invited, completed by its owner, active once a delegation is confirmed (G44–G52).

Login is for an active account alone; the address is proved by the link of the invitation (G43, T4). While a change of
address waits for its proof the account is disabled (G75, `identifier`), and so it is while its address has to be
certified again (G54, `recertification`).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from contracts.words.statuses import AccountStatus as Status


class Proof(StrEnum):
    """Acts that prove an address is its owner's; each is kept with its date (T4)."""

    INVITATION = "invitation"
    CONFIRMATION = "confirmation"
    REINITIALISATION = "reinitialisation"
    MODIFICATION = "modification"
    ANNULATION = "annulation"
    RECERTIFICATION = "recertification"


@dataclass(frozen=True)
class Account:
    """An account as the rules need it."""

    account_id: UUID
    status: Status
    email: str
    email_key: str
    nom: str | None
    prenom: str | None
    telephone_fixe: str | None
    telephone_mobile: str | None
    mobile_certified_at: datetime | None
    version: int
    mobile_recertified_at: datetime | None = None

    @property
    def known(self) -> bool:
        """Whether its owner completed it: another delegation then needs no form (T1)."""
        return self.status is not Status.INVITE

    @property
    def may_log_in(self) -> bool:
        """Only after an administrator confirmed (G52)."""
        return self.status is Status.ACTIF

    @property
    def may_reset(self) -> bool:
        """Whether a forgotten password can be replaced: it was chosen once and the account is not disabled."""
        return self.status in (Status.COMPLETE, Status.ACTIF)

    def state(self) -> dict[str, Any]:
        """What other services may know of it."""
        return {
            "account_id": self.account_id,
            "status": self.status.value,
            "email": self.email,
            "nom": self.nom,
            "prenom": self.prenom,
            "telephone_fixe": self.telephone_fixe,
            "telephone_mobile": self.telephone_mobile,
            "mobile_certified": self.mobile_certified_at is not None,
        }
