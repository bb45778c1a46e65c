"""From the bytes of a chunk to checked lines: CSV with its header, or JSON lines. A bad line never stops the others."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.delegation.domain.errors import HeaderRefused
from services.delegation.domain.referential import COLUMNS, NULLABLE, OPTIONAL_COLUMNS, Line, Rejection, check_line

BOM = b"\xef\xbb\xbf"
JSON_NAMES = (str, int)


def csv_lines(body: bytes, first: int) -> Iterator[Line | Rejection]:
    """The lines of a CSV chunk, whose first line is the header; `first` is the file's number of the next one.

    Raises HeaderRefused if a column is missing, named twice, or unknown. One record is one physical line.
    """
    rows = body.removeprefix(BOM).splitlines()
    names, separator = _header(rows[0] if rows else b"")
    for number, row in enumerate(rows[1:], start=first):
        if row.strip():
            yield _csv_line(number, row, names, separator)


def json_lines(body: bytes, first: int) -> Iterator[Line | Rejection]:
    """The lines of a JSON chunk: an adhérent per line, its sites nested; each good site is a line of its own."""
    for number, row in enumerate(body.removeprefix(BOM).splitlines(), start=first):
        if row.strip():
            yield from _json_line(number, row)


def _header(row: bytes) -> tuple[Sequence[str], str]:
    try:
        text = row.decode("utf-8")
    except UnicodeDecodeError:
        raise HeaderRefused("L'en-tête du fichier n'est pas en UTF-8.") from None
    separator = ";" if text.count(";") > text.count(",") else ","
    try:
        names = [name.strip() for name in next(csv.reader([text], delimiter=separator), [])]
    except csv.Error:
        raise HeaderRefused("L'en-tête du fichier est illisible.") from None
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise HeaderRefused(f"Colonnes absentes de l'en-tête : {', '.join(missing)}.")
    wrong = [name for name in names if name not in COLUMNS + OPTIONAL_COLUMNS or names.count(name) > 1]
    if wrong:
        raise HeaderRefused(f"Colonnes inconnues ou répétées dans l'en-tête : {', '.join(dict.fromkeys(wrong))[:200]}.")
    return names, separator


def _csv_line(number: int, row: bytes, names: Sequence[str], separator: str) -> Line | Rejection:
    try:
        values = next(csv.reader([row.decode("utf-8")], delimiter=separator, strict=True))
    except UnicodeDecodeError:
        return _not_utf8(number)
    except (csv.Error, StopIteration):
        return Rejection(number, "ligne_illisible", "La ligne n'est pas du CSV : guillemets ou séparateurs incorrects.")
    if len(values) < len(names):
        return Rejection(number, "colonne_manquante", f"La ligne a {len(values)} colonnes au lieu de {len(names)}.")
    if len(values) > len(names):
        return Rejection(number, "colonne_en_trop", f"La ligne a {len(values)} colonnes au lieu de {len(names)}.")
    return check_line(number, dict(zip(names, values, strict=True)))


def _json_line(number: int, row: bytes) -> Iterator[Line | Rejection]:
    try:
        record = json.loads(row.decode("utf-8"))
    except UnicodeDecodeError:
        yield _not_utf8(number)
        return
    except (ValueError, RecursionError):
        record = None
    sites = record.get("sites") if isinstance(record, dict) else None
    if not isinstance(sites, list) or not sites or not all(isinstance(site, dict) for site in sites):
        yield Rejection(number, "ligne_illisible", "La ligne n'est pas un adhérent JSON avec sa liste « sites ».")
        return
    adherent = {name: value for name, value in record.items() if name != "sites"}
    for site in sites:
        yield _json_site(number, {**adherent, **site})


def _json_site(number: int, record: Mapping[str, Any]) -> Line | Rejection:
    unknown = [name for name in record if name not in COLUMNS + OPTIONAL_COLUMNS]
    if unknown:
        return Rejection(number, "colonne_inconnue", f"Propriété inconnue : {unknown[0][:60]}.")
    missing = next((name for name in COLUMNS if name not in record and name not in NULLABLE), None)
    if missing:
        return Rejection(number, "colonne_manquante", f"Propriété absente : {missing}.")
    return check_line(number, {name: _text(value) for name, value in record.items()})


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, JSON_NAMES) and not isinstance(value, bool) else "\x00"


def _not_utf8(number: int) -> Rejection:
    return Rejection(number, "encodage_invalide", "La ligne n'est pas en UTF-8.")
