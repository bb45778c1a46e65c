"""One live delegation for an adhérent and a person on any day; nobody delegates to himself, whatever the address (K2).

An address is judged when somebody types it; the person is, as soon as his account is known.
"""

from collections.abc import Iterable
from uuid import UUID

from services.delegation.domain.delegation import Delegation


def same_days(one: Delegation, held: Iterable[Delegation]) -> list[Delegation]:
    """What a person holds of the adhérent of `one` on some of its days, beside itself."""
    days = one.effective.period
    return [
        other
        for other in held
        if other.id != one.id and other.adherent_id == one.adherent_id and other.effective.period.overlaps(days)
    ]


def is_own(one: Delegation, account_id: UUID | None, grantor: Delegation | None) -> bool:
    """True if the account that `one` turns out to be for is the one that granted it (AA29)."""
    return grantor is not None and account_id is not None and grantor.beneficiary.account_id == account_id
