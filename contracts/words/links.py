"""Where a link of a mail stands, as its owner is told; anybody else is told M3 alone (docs/decisions/0048)."""

from enum import StrEnum


class LinkState(StrEnum):
    """It acts, was used, its time is over, or a newer one took its place."""

    VALID = "valable"
    USED = "utilise"
    EXPIRED = "expire"
    REPLACED = "remplace"
