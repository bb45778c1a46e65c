"""Pictures: which one a content is by its signature, and how many points it says it has (pixel floods, ASVS 5.2.6)."""

import mmap
import struct
from collections.abc import Callable

import puremagic

from services.contact.domain.content import HEIF, KINDS

Bytes = bytes | mmap.mmap
# A sheet of A4 at 1 200 points an inch has 140 million; what a viewer would unpack stays within a few of them.
MOST_POINTS = 250_000_000
SIGNATURE = 64
_TYPES = {type_ for type_ in KINDS if type_.startswith("image/")}
_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OTHERS = {b"avif", b"avis"}
# Start of frame of JPEG, whatever its coding; C4, C8 and CC are tables.
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_MOST_SEGMENTS = 2_000


def picture(head: bytes) -> str | None:
    """The accepted picture whose signature `head` begins with."""
    if head[4:8] == b"ftyp":
        return HEIF if _is_heif(head) else None
    try:
        found = {match.mime_type for match in puremagic.magic_string(head[:SIGNATURE])}
    except (puremagic.PureError, ValueError, IndexError):
        return None
    return next(iter(sorted(found & _TYPES)), None)


def _is_heif(head: bytes) -> bool:
    length = min(int.from_bytes(head[:4], "big"), 256)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length, 4))}
    return bool(brands & _BRANDS) and not brands & _OTHERS


def too_many_points(type_: str, content: Bytes) -> bool:
    """Whether the picture says that it has more points than anybody scans. What cannot be read says nothing."""
    reader = _READERS.get(type_)
    try:
        width, height = reader(content) if reader else (0, 0)
    except (struct.error, IndexError):
        return False
    return width * height > MOST_POINTS


def _png(content: Bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _gif(content: Bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _webp(content: Bytes) -> tuple[int, int]:
    if content[12:16] != b"VP8X":
        return 0, 0  # the two others have 14 bits for each side
    return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1


def _jpeg(content: Bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        mark, length = content[at + 1], struct.unpack_from(">H", content, at + 2)[0]
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + max(length, 2)
    return 0, 0


def _tiff(content: Bytes) -> tuple[int, int]:
    order = "<" if content[:2] == b"II" else ">"
    first = struct.unpack_from(order + "I", content, 4)[0]
    sides = {256: 0, 257: 0}
    for entry in range(min(struct.unpack_from(order + "H", content, first)[0], 200)):
        at = first + 2 + 12 * entry
        tag, kind = struct.unpack_from(order + "HH", content, at)
        if tag in sides:
            sides[tag] = struct.unpack_from(order + ("H" if kind == 3 else "I"), content, at + 8)[0]
    return sides[256], sides[257]


_READERS: dict[str, Callable[[Bytes], tuple[int, int]]] = {
    "image/png": _png,
    "image/gif": _gif,
    "image/webp": _webp,
    "image/jpeg": _jpeg,
    "image/tiff": _tiff,
}
