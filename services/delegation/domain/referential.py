"""One line of the caisse's referential: an adhérent and one of its sites déclarants, checked column by column.

The same rules hold for a CSV line and for a site nested in a JSON line (`docs/referential.md`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from contracts.rules.invisible import trimmed
from contracts.rules.names import cleaned_name
from contracts.rules.numbers import right_siren, right_siret
from contracts.words import messages
from services.delegation.domain.addresses import address, same_address
from services.delegation.domain.refusals import AddressRefused

ADHERENT_COLUMNS = (
    "caisse",
    "identifiant_cibtp",
    "raison_sociale",
    "siren",
    "administrateur_email",
    "administrateur_nom",
    "administrateur_prenom",
    "cabinet_nom",
    "cabinet_email",
)
SITE_COLUMNS = ("siret", "site_nom", "jour_echeance", "premiere_periode")
COLUMNS = ADHERENT_COLUMNS + SITE_COLUMNS
OPTIONAL_COLUMNS = ("derniere_periode",)
NULLABLE = {"administrateur_nom", "administrateur_prenom", "cabinet_nom", "cabinet_email", "derniere_periode"}

DUE_DAYS = ("5", "15", "20")
LONGEST_NAME = 100
NO_ADDRESS = ""  # of a firm that the caisse knows by its name alone (G21)
Reason = tuple[str, str]
_PERIOD = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_IDENTIFIANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,29}")


@dataclass(frozen=True)
class Rejection:
    """A line that was not (wholly) applied, and why, for the person who keeps the file."""

    line: int
    code: str
    message: str


@dataclass(frozen=True)
class AdherentColumns:
    """What a line says of the adhérent; the other lines of the same adhérent say the same."""

    caisse: str
    identifiant: str
    raison_sociale: str
    siren: str
    founder_email: str
    founder_nom: str | None
    founder_prenom: str | None
    cabinet_nom: str | None
    cabinet_email: str | None  # NO_ADDRESS beside a name, None without

    @property
    def key(self) -> tuple[str, str]:
        """An identifiant is unique within a caisse (D8, D16)."""
        return (self.caisse, self.identifiant)


@dataclass(frozen=True)
class SiteColumns:
    """What a line says of the site déclarant."""

    siret: str
    nom: str
    due_day: int
    first_period: str
    last_period: str | None


@dataclass(frozen=True)
class Line:
    """A good line."""

    number: int
    adherent: AdherentColumns
    site: SiteColumns


def check_line(number: int, columns: Mapping[str, str]) -> Line | Rejection:
    """The line that `columns` (name → text) say, or the first reason to reject it."""
    adherent = _checked_adherent(tuple(columns.get(name, "") for name in ADHERENT_COLUMNS))
    if not isinstance(adherent, AdherentColumns):
        return Rejection(number, *adherent)
    values = {name: _read(name, columns.get(name, "")) for name in SITE_COLUMNS + OPTIONAL_COLUMNS}
    wrong = _wrong_value(values) or _wrong_site(values, adherent)
    return Rejection(number, *wrong) if wrong else Line(number, adherent, _site(values))


@lru_cache(maxsize=64)
def _checked_adherent(texts: tuple[str, ...]) -> AdherentColumns | Reason:
    """The adhérent, or what is wrong with it. The lines of one adhérent repeat it: it is checked once."""
    values = {name: _read(name, text) for name, text in zip(ADHERENT_COLUMNS, texts, strict=True)}
    wrong = _wrong_value(values)
    if wrong:
        return wrong
    if values["cabinet_email"] and not values["cabinet_nom"]:
        return "cabinet_incomplet", "Le cabinet comptable demande un nom."
    return _adherent(values)


def _wrong_value(values: Mapping[str, str]) -> Reason | None:
    for name, value in values.items():
        right, code, message = _RULES[name]
        if not value and name not in NULLABLE:
            return "valeur_manquante", f"La colonne {name} est vide."
        if value and not right(value):
            return _spoilt(name, value) or (code, message.format(value[:60]))
    return None


def _read(name: str, text: str) -> str:
    """The text of a column as it is judged: what is not seen is no reason to lose a line of the caisse."""
    if name in _NAMES:
        # A NUL stands for what was no text at all in a JSON line: it is refused, not cleaned.
        return text if "\0" in text else cleaned_name(text)
    words = trimmed(text).split()
    if name not in _KEYED:
        return " ".join(words)
    digits = "".join(words).replace(".", "")
    return digits if digits.isascii() and digits.isdigit() else "".join(words)


def _spoilt(name: str, value: str) -> Reason | None:
    """What a spreadsheet made of a number: the digits are lost, so the line waits for them, and is told why."""
    if name not in _KEYED and name != "identifiant_cibtp":
        return None
    if _ROUNDED.fullmatch(value):
        told = f"« {value[:60]} » : le tableur a arrondi le numéro. Mettez la colonne {name} au format Texte"
        return "nombre_arrondi", f"{told} et saisissez-le de nouveau."
    length, right = _KEYED.get(name, (0, right_siren))
    lost = length - len(value)
    if lost > 0 and right(value.zfill(length)):
        told = f"« {value} » : le tableur a perdu {lost} zéro{'s' if lost > 1 else ''} au début"
        return "zeros_perdus", f"{told}. Mettez la colonne {name} au format Texte et saisissez de nouveau le numéro."
    return None


def _wrong_site(values: Mapping[str, str], adherent: AdherentColumns) -> Reason | None:
    if not values["siret"].startswith(adherent.siren):
        return "siret_d_un_autre_siren", "Le SIRET ne commence pas par le SIREN de l'adhérent."
    if values["derniere_periode"] and values["derniere_periode"] < values["premiere_periode"]:
        return "periodes_incoherentes", "La dernière période précède la première."
    return None


def _adherent(values: Mapping[str, str]) -> AdherentColumns:
    return AdherentColumns(
        caisse=values["caisse"],
        identifiant=values["identifiant_cibtp"],
        raison_sociale=values["raison_sociale"],
        siren=values["siren"],
        founder_email=address(values["administrateur_email"]),
        founder_nom=values["administrateur_nom"] or None,
        founder_prenom=values["administrateur_prenom"] or None,
        cabinet_nom=values["cabinet_nom"] or None,
        cabinet_email=_firm_address(values),
    )


def _firm_address(values: Mapping[str, str]) -> str | None:
    if not values["cabinet_nom"]:
        return None
    return address(values["cabinet_email"]) if values["cabinet_email"] else NO_ADDRESS


def _site(values: Mapping[str, str]) -> SiteColumns:
    return SiteColumns(
        siret=values["siret"],
        nom=values["site_nom"],
        due_day=int(values["jour_echeance"]),
        first_period=values["premiere_periode"],
        last_period=values["derniere_periode"] or None,
    )


def _name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and text.isprintable()


def _address(text: str) -> bool:
    try:
        return bool(same_address(address(text)))
    except AddressRefused:
        return False


def _identifiant(text: str) -> bool:
    return bool(_IDENTIFIANT.fullmatch(text))


_NAMES = frozenset(
    ("raison_sociale", "administrateur_nom", "administrateur_prenom", "cabinet_nom", "site_nom"),
)
_KEYED: Mapping[str, tuple[int, Callable[[str], bool]]] = {"siren": (9, right_siren), "siret": (14, right_siret)}
_ROUNDED = re.compile(r"[0-9]+([.,][0-9]*)?[eE][+]?[0-9]+")
_NAME = (_name, "texte_invalide", "« {} » dépasse 100 caractères ou contient un caractère interdit.")
_MAIL = (_address, messages.NO_ADDRESS.slug, "« {} » n'est pas une adresse électronique.")
_MONTH = (lambda text: bool(_PERIOD.fullmatch(text)), "periode_invalide", "« {} » n'est pas une période AAAA-MM.")
_RULES: dict[str, tuple[Callable[[str], bool], str, str]] = {
    "caisse": (_identifiant, "caisse_invalide", "« {} » n'est pas un code de caisse."),
    "identifiant_cibtp": (_identifiant, "identifiant_invalide", "« {} » n'est pas un identifiant CIBTP."),
    "raison_sociale": _NAME,
    "siren": (right_siren, "siren_invalide", "« {} » n'est pas un SIREN : 9 chiffres avec leur clé."),
    "administrateur_email": _MAIL,
    "administrateur_nom": _NAME,
    "administrateur_prenom": _NAME,
    "cabinet_nom": _NAME,
    "cabinet_email": _MAIL,
    "siret": (right_siret, "siret_invalide", "« {} » n'est pas un SIRET : 14 chiffres avec leur clé."),
    "site_nom": _NAME,
    "jour_echeance": (
        lambda text: text in DUE_DAYS,
        "jour_invalide",
        "« {} » n'est pas un jour d'échéance (5, 15, 20).",
    ),
    "premiere_periode": _MONTH,
    "derniere_periode": _MONTH,
}
