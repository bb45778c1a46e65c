"""A line of a NEODeS file: `S21.G00.11.001,'00074'`, ISO-8859-1, at most 256 characters.

There is no escape: the value goes from the first quote to the last one of the line, apostrophes included. What went
through other hands may have spaces around, a byte order mark, quotes or letters of another encoding: what it says is
still certain, unless they stand in a value that decides something (`tree.DECISIVE`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from services.dsn.domain.neodes import tree

LONGEST = 256
_CODE = re.compile(r"S\d\d\.G\d\d\.\d\d\.\d{3}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")
_FOREIGN = re.compile(r"[\x80-\x9f]")
# The byte order mark of UTF-8, and the curly quotes of Windows-1252 and of UTF-8, as ISO-8859-1 reads their bytes.
_MARK = "\xef\xbb\xbf"
_QUOTE = "(?:['`\xb4\x91\x92]|\xe2\x80[\x98\x99])"
_LOOSE = re.compile(rf"(S\d\d\.G\d\d\.\d\d\.\d{{3}})\s*,\s*{_QUOTE}(.*){_QUOTE}", re.ASCII | re.DOTALL)
_AROUND = " \t\xa0"


@dataclass(frozen=True, slots=True)
class Mended:
    """A rubric that is read although its line is not as it should be: `code` is the control that says why."""

    block: str
    number: int
    value: str
    code: str

    @property
    def line(self) -> str:
        """The line as it should have been, so that the same rubrics have the same digest."""
        return f"{self.block}.{self.number:03d},'{self.value}'"


def split(line: str) -> tuple[str, int, str] | Mended | str:
    """The block, the rubric's number and the value of `line`; or what was mended; or the code of the control it
    fails. An empty line fails « ligne_vide », which refuses nothing."""
    place = _place(line[:14])
    framed = place is not None and line[14:16] == ",'" and line[-1] == "'" and 17 <= len(line) <= LONGEST
    if place is not None and framed and (line.isprintable() if line.isascii() else _is_latin(line)):
        return place[0], place[1], line[16:-1]
    return _mended(line)


def _is_latin(line: str) -> bool:
    """True for text of ISO-8859-1 that does not only make sense as UTF-8."""
    return (line.isprintable() or not _CONTROL.search(line)) and not _is_utf8(line)


@lru_cache(maxsize=4096)
def _place(code: str) -> tuple[str, int] | None:
    return (code[:10], int(code[11:])) if _CODE.fullmatch(code) else None


def _mended(line: str) -> Mended | str:
    """What a line that is not as it should be says for certain."""
    marked = line.startswith(_MARK)
    text = line.removeprefix(_MARK).strip(_AROUND)
    if not text:
        return "ligne_vide"
    if len(text) > LONGEST:
        return "encodage" if _UNPRINTED.search(text) else "ligne_trop_longue"
    found = _LOOSE.fullmatch(text)
    if found is None:
        return "encodage" if _CONTROL.search(text) else "ligne_illisible"
    block, number, value = found[1][:10], int(found[1][11:]), found[2]
    if _UNPRINTED.search(value):
        return "encodage"
    if _is_foreign(value):
        return "encodage" if (block, number) in tree.DECISIVE else Mended(block, number, value, "libelle_etranger")
    return Mended(block, number, value, "marque_ignoree" if marked else "signes_ignores")


def _is_foreign(value: str) -> bool:
    return bool(_FOREIGN.search(value)) or (not value.isascii() and _is_utf8(value))


def _is_utf8(line: str) -> bool:
    """True when the accents of `line` are pairs that only make sense as UTF-8."""
    try:
        line.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
