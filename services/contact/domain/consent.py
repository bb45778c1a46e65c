"""The consent asked for each message, word for word, by version (G84–G86, M14). A version is never edited."""

from enum import StrEnum

from backbone.errors import Invalid, Stale


class ConsentNeeded(Invalid):
    """The box was not ticked (M14)."""

    slug = "consentement_necessaire"
    detail = "Votre consentement est nécessaire."
    field = "consentement"


class ConsentStale(Stale):
    """The consent is not as it was shown: it was withdrawn in between (AA52); the detail says when."""

    slug = "version_perimee"
    detail = "Ces informations ont été modifiées depuis l'affichage de la page."


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
