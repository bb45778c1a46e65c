"""A table as a file that a French spreadsheet opens as it is: UTF-8 with its mark, « ; », French days, CRLF.

What people typed is in it, and a spreadsheet computes a cell that begins like a formula: such a cell gets an apostrophe
before it, which the spreadsheet does not show and does not compute.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from flask import Response

from backbone.clock import PARIS

MARK = "\ufeff"
FORMULA = tuple("=+-@\t\r\n") + tuple("＝＋－＠")  # and their wide twins, which some read alike
Cell = str | int | bool | date | None


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The table as a download called `name`, which is plain ASCII; its rows are written as they come."""
    answer = Response(_lines(header, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def cell(value: Cell) -> str:
    """A cell as it is written. A number is one; of a moment, the day and the hour in Paris."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, datetime):
        return f"{value.astimezone(PARIS):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    text = value.replace("\x00", "")
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def _lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield MARK + _line(header)
    for row in rows:
        yield _line(row)


def _line(row: Sequence[Cell]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow([cell(one) for one in row])
    return text.getvalue()
