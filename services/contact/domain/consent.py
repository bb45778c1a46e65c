"""The consent asked for each message, word for word, by version (G84–G86, M14). A version is never edited."""

from enum import StrEnum


class Act(StrEnum):
    """What is written in the ledger."""

    GIVEN = "donne"
    WITHDRAWN = "retire"


TEXTS = {
    "2025-03": (
        "En cochant cette case, je donne mon consentement au traitement de mes données et je suis informé que je peux"
        " retirer mon consentement à tout moment. CIBTP France cessera alors de traiter vos données à caractère"
        " personnel sans que les opérations antérieures pour lesquelles vous aviez donné votre accord soient remises"
        " en cause."
    ),
}
CURRENT = "2025-03"


def version_of(withdrawn: bool) -> int:
    """The version of a message, as its ETag says it: all of it is frozen but the consent, given, then withdrawn."""
    return 2 if withdrawn else 1
