"""What the operator decides about messages."""

from dataclasses import dataclass

from services.contact.domain.draft import DraftRules
from services.contact.domain.files import Limits
from services.contact.domain.quota import Quota


@dataclass(frozen=True)
class Rules:
    """What the operator decides."""

    limits: Limits
    quota: Quota
    dossier_days: int
    draft: DraftRules
