"""The lines of a NEODeS file, from its bytes: packed or not, ended by CRLF or LF."""

import zlib
from collections.abc import Iterable, Iterator

from services.dsn.domain.refusals import FileTooLarge, GzipDamaged

LONGEST = 4096  # of a declaration: the norm takes 256, and what is longer is refused as such
LONGEST_ANSWER = 2 * 1024 * 1024  # two thousand returns on one line, with the messages that are not looked at
_GZIP = b"\x1f\x8b"
_STEP = 1 << 18


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


def lines(chunks: Iterable[bytes], longest: int = LONGEST) -> Iterator[str]:
    """The lines of a file without their ends. What has no end for `longest` is cut: it will be refused as too long."""
    rest = ""
    for chunk in chunks:
        first, *others = chunk.decode("latin-1").split("\n")
        rest += first[:longest] if len(rest) < longest else ""
        if others:
            yield rest.removesuffix("\r")
            rest = others.pop()[:longest]
            for line in others:
                yield line.removesuffix("\r")
    if rest:
        yield rest.removesuffix("\r")
