"""The consent asked for each message, word for word, by version (G84–G86, M14). A version is never edited."""

from enum import StrEnum

from backbone.errors import Invalid


class ConsentNeeded(Invalid):
    """The box was not ticked (M14)."""

    slug = "consentement_necessaire"
    detail = "Votre consentement est nécessaire."
    field = "consentement"


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
