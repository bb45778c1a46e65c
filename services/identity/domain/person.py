"""The contact details of a person: names that cannot forge a header, numbers in E.164 (G47, G76, C11)."""

from dataclasses import dataclass
from typing import Protocol

from backbone.errors import Refused
from contracts.rules.invisible import trimmed
from contracts.rules.names import name_refusal, tidy_name
from services.identity.domain.refusals import NameRefused, NoMobile, PhoneRefused

LONGEST_PHONE = 60


class Phones(Protocol):
    """Reads French numbers, overseas ones included (D16). Each returns E.164, or None when it is not of that kind."""

    def landline(self, text: str) -> str | None:
        """The number to call at a desk: a fixed line, or an 08 number."""

    def mobile(self, text: str) -> str | None:
        """A number that an SMS can reach, in the French ranges only (C5)."""


@dataclass(frozen=True)
class Contact:
    """Names and numbers that were found good."""

    nom: str
    prenom: str
    telephone_fixe: str | None
    telephone_mobile: str | None


def read_contact(
    nom: str, prenom: str, telephone_fixe: str | None, telephone_mobile: str | None, phones: Phones
) -> tuple[Contact | None, list[Refused]]:
    """The contact of a form and None, or None and every refusal: a person corrects all fields at once."""
    refusals = [refusal for refusal in (_name_refusal("nom", nom), _name_refusal("prenom", prenom)) if refusal]
    fixe, fixe_refusal = _phone("telephone_fixe", telephone_fixe, phones.landline)
    mobile, mobile_refusal = _phone("telephone_mobile", telephone_mobile, phones.mobile)
    refusals += [refusal for refusal in (fixe_refusal, mobile_refusal) if refusal]
    if refusals:
        return None, refusals
    return Contact(tidy_name(nom), tidy_name(prenom), fixe, mobile), []


def read_mobile(text: str, phones: Phones) -> str:
    """The number that was typed to be certified, in E.164. NoMobile for none, PhoneRefused for what no SMS reaches."""
    number, refusal = _phone("telephone_mobile", text, phones.mobile)
    if refusal:
        raise refusal
    if number is None:
        raise NoMobile
    return number


def _name_refusal(field: str, name: str) -> Refused | None:
    why = name_refusal(name)
    return NameRefused(why, field=field) if why else None


class _Reader(Protocol):
    def __call__(self, text: str) -> str | None: ...


def _phone(field: str, text: str | None, read: _Reader) -> tuple[str | None, Refused | None]:
    if text is None or not trimmed(text.strip()):
        return None, None
    number = read(text) if len(text) <= LONGEST_PHONE else None
    return (number, None) if number else (None, PhoneRefused(_HINTS[field], field=field))


_HINTS = {
    "telephone_fixe": "Ce numéro de téléphone fixe n'est pas valable.",
    "telephone_mobile": "Ce numéro n'est pas celui d'un téléphone mobile français.",
}
