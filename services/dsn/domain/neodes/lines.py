"""The lines of a NEODeS file: ISO-8859-1, ended by CRLF or LF, `S21.G00.11.001,'00074'`, at most 256 characters.

There is no escape: the value goes from the first quote to the last one of the line, apostrophes included.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from services.dsn.domain.refusals import FileTooLarge, GzipDamaged

LONGEST = 256
_CUT = 4096
_GZIP = b"\x1f\x8b"
_STEP = 1 << 18
_CODE = re.compile(r"S\d\d\.G\d\d\.\d\d\.\d{3}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def unpacked(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """The bytes of `chunks`, gunzipped when they are gzip; FileTooLarge beyond `limit` bytes, memory flat before it."""
    total, packed = 0, None
    for at, chunk in enumerate(chunks):
        if at == 0 and chunk.startswith(_GZIP):
            packed = _Gzip()
        for piece in packed.inflate(chunk) if packed else (chunk,):
            total += len(piece)
            if total > limit:
                raise FileTooLarge()
            yield piece
    if packed and not packed.complete:
        raise GzipDamaged()


class _Gzip:
    """One or several gzip members, inflated step by step: a bomb is met by the limit, never in memory."""

    def __init__(self) -> None:
        self._reader = zlib.decompressobj(wbits=31)
        self.complete = False

    def inflate(self, chunk: bytes) -> Iterator[bytes]:
        """The bytes `chunk` unpacks to, in pieces; GzipDamaged when it cannot be."""
        while chunk:
            if self._reader.eof:
                self._reader = zlib.decompressobj(wbits=31)
            try:
                yield self._reader.decompress(chunk, _STEP)
            except zlib.error:
                raise GzipDamaged() from None
            chunk = self._reader.unused_data if self._reader.eof else self._reader.unconsumed_tail
            self.complete = self._reader.eof


def lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a file without their ends. What has no end for long is cut: it will be refused as too long."""
    rest = ""
    for chunk in chunks:
        first, *others = chunk.decode("latin-1").split("\n")
        rest += first[:_CUT] if len(rest) < _CUT else ""
        if others:
            yield rest.removesuffix("\r")
            rest = others.pop()[:_CUT]
            for line in others:
                yield line.removesuffix("\r")
    if rest:
        yield rest.removesuffix("\r")


@lru_cache(maxsize=4096)
def _place(code: str) -> tuple[str, int] | None:
    return (code[:10], int(code[11:])) if _CODE.fullmatch(code) else None


def split(line: str) -> tuple[str, int, str] | str:
    """The block, the rubric's number and the value of `line`; or the code of the control it fails."""
    if not line.isprintable() and _CONTROL.search(line):
        return "encodage"
    if len(line) > LONGEST:
        return "ligne_trop_longue"
    place = _place(line[:14])
    if place is None or line[14:16] != ",'" or len(line) < 17 or line[-1] != "'":
        return "encodage" if line.startswith("ï»¿") else "ligne_illisible"
    if not line.isascii() and _is_utf8(line):
        return "encodage"
    return place[0], place[1], line[16:-1]


def _is_utf8(line: str) -> bool:
    """True when the accents of `line` are pairs that only make sense as UTF-8."""
    try:
        line.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
