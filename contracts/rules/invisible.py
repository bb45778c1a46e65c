"""Characters that nobody sees or tells apart: they change what a text is and how it compares, not how it looks."""

import unicodedata
from itertools import chain

# Unicode's Default_Ignorable_Code_Point that are not of category Cf: fillers, joiners, variation selectors.
_IGNORED = frozenset(
    map(
        chr,
        chain(
            (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0),
            range(0x180B, 0x1810),
            range(0xFE00, 0xFE10),
            range(0xFFF0, 0xFFF9),
            range(0xE0000, 0xE1000),
        ),
    )
)


def invisible(char: str) -> bool:
    """Whether `char` is a format or direction character (Cf: zero-width, soft hyphen, BOM…) or shows as nothing."""
    return unicodedata.category(char) == "Cf" or char in _IGNORED


def dash(char: str) -> bool:
    """Whether `char` is a hyphen or dash, of any length."""
    return unicodedata.category(char) == "Pd"


def trimmed(text: str) -> str:
    """`text` without spaces of any kind and invisible characters at both ends: a copied value brings them along.

    Controls and line ends stay, so that whoever judges the text sees them (AA47).
    """
    kept = [place for place, char in enumerate(text) if not (unicodedata.category(char) == "Zs" or invisible(char))]
    return text[kept[0] : kept[-1] + 1] if kept else ""
