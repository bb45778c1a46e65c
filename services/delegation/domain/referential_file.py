"""From the bytes of a chunk to checked lines: CSV with its header, or JSON lines. A bad line never stops the others."""

import csv
from collections.abc import Iterator, Mapping
from typing import Any

from backbone.strict_json import NotStrict, loads
from services.delegation.domain.referential import COLUMNS, NULLABLE, OPTIONAL_COLUMNS, Line, Rejection, check_line
from services.delegation.domain.referential_text import BOM, Sheet, blank, sheet
from services.delegation.domain.refusals import EmptyFileRefused

JSON_NAMES = (str, int)


def csv_lines(body: bytes, first: int) -> Iterator[Line | Rejection]:
    """The lines of a CSV chunk, whose first line is the header; `first` is the file's number of the next one.

    Raises EmptyFileRefused, HeaderRefused. One record is one physical line; a line without any value is passed over.
    """
    read = sheet(body)
    for number, row in enumerate(read.rows, start=first):
        if not blank(row):
            yield _csv_line(number, row, read)


def json_lines(body: bytes, first: int) -> Iterator[Line | Rejection]:
    """The lines of a JSON chunk: an adhérent per line, its sites nested; each good site is a line of its own.

    Raises EmptyFileRefused.
    """
    rows = body.removeprefix(BOM).splitlines()
    if not rows:
        raise EmptyFileRefused
    for number, row in enumerate(rows, start=first):
        if row.strip():
            yield from _json_line(number, row)


def _csv_line(number: int, row: bytes, read: Sheet) -> Line | Rejection:
    try:
        values = next(csv.reader([row.decode(read.encoding)], delimiter=read.separator, strict=True))
    except UnicodeDecodeError:
        return _undecodable(number, "La ligne n'est pas dans l'alphabet du fichier (UTF-8 ou Windows-1252).")
    except (csv.Error, StopIteration):
        return Rejection(number, "ligne_illisible", "La ligne n'est pas du CSV : guillemets ou séparateurs incorrects.")
    # A spreadsheet adds cells that are empty, and leaves out those at the end of a line.
    absent, beyond = read.names[len(values) :], values[len(read.names) :]
    told = f"La ligne a {len(values)} colonnes au lieu de {len(read.names)}."
    if not NULLABLE.issuperset(absent):
        return Rejection(number, "colonne_manquante", told)
    if any(value.strip() for value in beyond):
        return Rejection(number, "colonne_en_trop", told)
    return check_line(number, dict(zip(read.names, values, strict=False)))


def _json_line(number: int, row: bytes) -> Iterator[Line | Rejection]:
    try:
        record = loads(row)
    except NotStrict as error:
        yield _unreadable(number, error)
        return
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


def _unreadable(number: int, error: NotStrict) -> Rejection:
    if isinstance(error.__cause__, UnicodeDecodeError):
        return _undecodable(number, "La ligne n'est pas en UTF-8.")
    why = {"duplicate key": "une propriété y est deux fois", "lone surrogate": "elle contient un caractère impossible"}
    said = why.get(str(error), "guillemets, virgules ou accolades incorrects")
    return Rejection(number, "ligne_illisible", f"La ligne n'est pas du JSON : {said}.")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, JSON_NAMES) and not isinstance(value, bool) else "\x00"


def _undecodable(number: int, told: str) -> Rejection:
    return Rejection(number, "encodage_invalide", told)
