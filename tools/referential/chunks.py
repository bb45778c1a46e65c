"""A referential file cut into chunks on the boundaries of adhérents, read once, never held whole in memory."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LINES = 500
MOST_LINES = 4_000
MOST_BYTES = 6 * 1024 * 1024
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Chunk:
    """What one request carries: the file's number of its first line of data, the body, and the bytes read so far."""

    first: int
    body: bytes
    lines: int
    read: int


def format_of(path: Path) -> str:
    """csv, unless the name says JSON lines."""
    return "jsonl" if path.suffix.lower() in (".jsonl", ".ndjson", ".json") else "csv"


def chunks(path: Path, lines: int = LINES) -> Iterator[Chunk]:
    """The chunks of `path`, each of at least `lines` lines, ended where the adhérent changes."""
    with path.open("rb") as file:
        head = [] if format_of(path) == "jsonl" else _head(file)
        header = b"".join(head)
        key_of = _Keys(header)
        held: list[bytes] = []
        number, size, read, last = len(head) + 1, 0, len(header), b""
        for row in file:
            key = key_of(row)
            whole = len(held) >= lines and key != last
            if held and (whole or len(held) >= MOST_LINES or size + len(row) > MOST_BYTES):
                yield Chunk(number, header + b"".join(held), len(held), read)
                number, held, size = number + len(held), [], 0
            held.append(row)
            size, read, last = size + len(row), read + len(row), key
        if held or header:
            yield Chunk(number, header + b"".join(held), len(held), read)


def _head(file: BinaryIO) -> list[bytes]:
    """The rows up to the header: a spreadsheet puts « sep=; » before it, people leave rows empty."""
    rows: list[bytes] = []
    for row in iter(file.readline, b""):
        rows.append(row)
        if row.strip(b" \t\r\n;,") and not row.removeprefix(BOM).lstrip(b'" ').startswith(b"sep="):
            break
    return rows


class _Keys:
    """What names the adhérent of a line, as its bytes: a line that cannot be read goes with the one before."""

    def __init__(self, header: bytes) -> None:
        text = (header.removeprefix(BOM).decode("utf-8", "replace").splitlines() or [""])[-1]
        self._separator = ";" if text.count(";") > text.count(",") else ","
        names = [name.strip() for name in text.split(self._separator)]
        self._places = [names.index(name) for name in ("caisse", "identifiant_cibtp") if name in names]
        self._last = b""

    def __call__(self, row: bytes) -> bytes:
        if not self._places:
            return row
        try:
            values = next(csv.reader([row.decode("utf-8", "replace")], delimiter=self._separator))
            self._last = "\0".join(values[place] for place in self._places).encode()
        except (csv.Error, IndexError, StopIteration):
            pass
        return self._last
