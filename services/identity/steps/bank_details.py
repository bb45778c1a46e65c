"""What the code of a request for new bank details is bound to (G78, decision 51)."""

from uuid import UUID

from backbone.secrets import digest


def bound_to(adherent_id: UUID) -> str:
    """What stands where the code of an invitation has the digest of its link: it certifies no number, and proves
    nothing for another adhérent."""
    return digest(f"bank_details {adherent_id}")
