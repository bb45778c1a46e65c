"""marshmallow's messages in French, for every schema of every service."""

from typing import Any

from marshmallow import Schema, fields, validate

from backbone.errors import REQUIRED, UNEXPECTED

MESSAGES: dict[Any, dict[str, str]] = {
    fields.Field: {
        "required": REQUIRED,
        "null": "Ce champ ne peut pas être vide.",
        "validator_failed": "Valeur incorrecte.",
    },
    fields.String: {"invalid": "Saisissez un texte.", "invalid_utf8": "Texte illisible."},
    fields.Integer: {"invalid": "Saisissez un nombre entier."},
    fields.Number: {"invalid": "Saisissez un nombre.", "too_large": "Nombre trop grand."},
    fields.Boolean: {"invalid": "Répondez par oui ou non."},
    fields.UUID: {"invalid_uuid": "Identifiant incorrect."},
    fields.Date: {"invalid": "Saisissez une date valide (jj/mm/aaaa).", "format": "Date incorrecte."},
    fields.DateTime: {"invalid": "Date et heure incorrectes.", "format": "Date et heure incorrectes."},
    fields.List: {"invalid": "Une liste est attendue."},
    fields.Mapping: {"invalid": "Un objet est attendu."},
    fields.Nested: {"type": "Un objet est attendu."},
    fields.Email: {"invalid": "Saisissez une adresse électronique valide."},
}


def install() -> None:
    """Replace the English defaults, once for the process."""
    for kind, messages in MESSAGES.items():
        kind.default_error_messages = {**kind.default_error_messages, **messages}
    Schema._default_error_messages = {
        "type": "Un objet est attendu.",
        "unknown": UNEXPECTED,
        "string_error": "Texte incorrect.",
    }
    validate.Length.message_min = "Saisissez au moins {min} caractères."
    validate.Length.message_max = "Saisissez {max} caractères au plus."
    validate.Length.message_all = "Saisissez entre {min} et {max} caractères."
    validate.Length.message_equal = "Saisissez {equal} caractères."
    validate.OneOf.default_message = "Choisissez une valeur proposée."
    validate.Regexp.default_message = "Format incorrect."
    for name in ("message_min", "message_max", "message_all"):
        setattr(validate.Range, name, "Valeur hors limites.")
