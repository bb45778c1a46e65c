"""The words of a message (G82, C11, AA41, AA47)."""

import unicodedata

from backbone.errors import REQUIRED, FieldError
from contracts.rules.headers import one_line
from services.contact.domain.refusals import ConsentNeeded, MessageRefused

SUBJECT_LENGTH = 200
MESSAGE_LENGTH = 5000
# What a message has between its lines, and an objet has not.
BREAKS = str.maketrans(dict.fromkeys("\n\t\u2028\u2029", " "))
# What is kept of who writes, as he was when he wrote.
SNAPSHOT = ("email", "nom", "prenom", "telephone_fixe", "telephone_mobile")


def check(objet: str, message: str, *, consent: bool) -> tuple[str, str]:
    """Objet and Message as they are kept; MessageRefused with each field at fault, ConsentNeeded for the box alone.

    A browser sends line breaks as CR LF: they count as one character.
    """
    objet, message = objet.strip(), message.replace("\r\n", "\n").replace("\r", "\n").strip()
    errors = [*_objet_errors(objet), *_message_errors(message)]
    if not consent:
        if not errors:
            raise ConsentNeeded
        errors.append(FieldError("consentement", ConsentNeeded.slug, ConsentNeeded.detail))
    if errors:
        raise MessageRefused(errors=errors)
    return objet, message


def _objet_errors(objet: str) -> list[FieldError]:
    if not _visible(objet):
        return [FieldError("objet", "obligatoire", REQUIRED)]
    if len(objet) > SUBJECT_LENGTH:
        return [FieldError("objet", "trop_long", f"Saisissez {SUBJECT_LENGTH} caractères au plus.")]
    if not one_line(objet):
        # It becomes the subject of an e-mail: a line break there would forge a header (AA47). What looks like a header
        # that is encoded already is text like any other, and arrives as it was typed.
        return [FieldError("objet", "caractere_refuse", "Ce champ tient sur une seule ligne.")]
    return []


def _message_errors(message: str) -> list[FieldError]:
    if not _visible(message):
        return [FieldError("message", "obligatoire", REQUIRED)]
    if len(message) > MESSAGE_LENGTH:
        return [FieldError("message", "trop_long", f"Saisissez {MESSAGE_LENGTH} caractères au plus.")]
    if not one_line(message.translate(BREAKS)):
        return [FieldError("message", "caractere_refuse", "Ce texte contient un caractère refusé.")]
    return []


def _visible(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)
