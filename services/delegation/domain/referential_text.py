"""The bytes of a CSV chunk as rows: the alphabet, the separator and the empty cells that spreadsheets write."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.rules.invisible import trimmed
from services.delegation.domain.referential import COLUMNS, OPTIONAL_COLUMNS
from services.delegation.domain.refusals import EmptyFileRefused, HeaderRefused

BOM = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UTF_8, WINDOWS = "utf-8", "cp1252"
_SEPARATORS = (";", ",")
_DECLARED = re.compile(r'"?sep=(.)"?[;,]*')


@dataclass(frozen=True)
class Sheet:
    """A chunk whose header was read: `rows` are those after it, blank ones included."""

    names: Sequence[str]
    separator: str
    encoding: str
    rows: Sequence[bytes]


def sheet(body: bytes) -> Sheet:
    """The rows of `body`. EmptyFileRefused when there is none, HeaderRefused when a column is missing, named twice or
    unknown.

    A chunk is in UTF-8 when one of its accents is; a file saved by a spreadsheet as plain « CSV » is in Windows-1252.
    """
    if body.startswith(UTF_16):
        raise HeaderRefused("Le fichier est en UTF-16 : enregistrez-le au format « CSV UTF-8 ».")
    encoding, rows = _encoding(body), body.removeprefix(BOM).splitlines()
    place, declared = _place_of_header(rows, encoding)
    if place == len(rows):
        raise EmptyFileRefused
    names, separator = _header(_text(rows[place], encoding), declared)
    if place + 1 == len(rows):
        raise EmptyFileRefused
    return Sheet(names, separator, encoding, rows[place + 1 :])


def _place_of_header(rows: Sequence[bytes], encoding: str) -> tuple[int, str | None]:
    """Where the header is, after blank rows and a row « sep=; »; and the separator that such a row declares."""
    declared = None
    for place, row in enumerate(rows):
        match = _DECLARED.fullmatch(_text(row, encoding).strip())
        if match and match[1] not in _SEPARATORS:
            raise HeaderRefused(f"Le séparateur « {match[1]} » n'est ni un point-virgule ni une virgule.")
        if match:
            declared = match[1]
        elif not blank(row):
            return place, declared
    return len(rows), declared


def blank(row: bytes) -> bool:
    """Whether a row has nothing in its cells."""
    return not row.translate(None, b' \t";,')


def _encoding(body: bytes) -> str:
    accented = [row for row in body.splitlines() if not row.isascii()]
    if not accented or body.startswith(BOM) or any(map(_is_utf_8, accented)):
        return UTF_8
    return WINDOWS


def _is_utf_8(row: bytes) -> bool:
    try:
        row.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def _text(row: bytes, encoding: str) -> str:
    try:
        return row.decode(encoding)
    except UnicodeDecodeError:
        raise HeaderRefused("L'en-tête du fichier n'est ni en UTF-8 ni en Windows-1252.") from None


def _header(text: str, declared: str | None) -> tuple[Sequence[str], str]:
    separator = declared or (";" if text.count(";") > text.count(",") else ",")
    try:
        names = [trimmed(name.strip()) for name in next(csv.reader([text], delimiter=separator), [])]
    except csv.Error:
        raise HeaderRefused("L'en-tête du fichier est illisible.") from None
    while names and not names[-1]:
        names.pop()
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise HeaderRefused(f"Colonnes absentes de l'en-tête : {', '.join(missing)}.")
    wrong = [name for name in names if name not in COLUMNS + OPTIONAL_COLUMNS or names.count(name) > 1]
    if wrong:
        raise HeaderRefused(f"Colonnes inconnues ou répétées dans l'en-tête : {', '.join(dict.fromkeys(wrong))[:200]}.")
    return names, separator
