"""What notification refuses, and the sentence of each."""

from backbone.errors import Gone, Invalid


class HeaderRefused(Invalid):
    """A line break or a control character where a header goes (AA47, ASVS 1.3.11)."""

    slug = "entete_refuse"
    detail = "Ce texte ne peut pas figurer dans un en-tête de courriel."


class MessageAltered(Invalid):
    """A finished message that does not say, read back, what was written."""

    slug = "message_altere"
    detail = "Ce message ne peut pas être fabriqué tel qu'il est écrit."


class AddressRefused(Invalid):
    """Not one plain e-mail address, or not one international phone number."""

    slug = "destinataire_refuse"
    detail = "Cette adresse ou ce numéro n'est pas valable."


class StopRefused(Gone):
    """What came as the token of a mail that may be stopped, and is none of ours or of a key that was changed."""

    slug = "lien_inconnu"
    detail = "Ce lien n'est plus valable. Connectez-vous pour modifier vos préférences."
