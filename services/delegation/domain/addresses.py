"""E-mail addresses as delegation takes and compares them (C11, AA47)."""

from contracts.rules.addresses import LONGEST, plain_address
from contracts.rules.addresses import canonical_address as same_address
from services.delegation.domain.refusals import AddressRefused

__all__ = ["LONGEST", "address", "same_address"]


def address(text: str) -> str:
    """`text` as an address, its domain in lower case and ASCII. Raises AddressRefused."""
    plain = plain_address(text)
    if plain is None:
        raise AddressRefused
    return plain
