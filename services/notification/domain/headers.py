"""Headers as they travel, made from the literal text (RFC 2047, RFC 5322). No library folds or decodes for us.

`EmailMessage` reads what it is assigned, so that an encoded word somebody typed becomes what it decodes to, a header of
its own included; and it folds accents in another way in each Python. Here a text is written as it is when it is plain
and short, else whole in encoded words: none of them ever touches another text.
"""

import re
from base64 import b64encode

from services.notification.domain.writing import address, header

# RFC 2047 section 2: an encoded word has 75 characters at most, a line that holds one 76.
LONGEST_WORD, LONGEST_LINE = 75, 76
OPENING, CLOSING, FOLD = "=?utf-8?b?", "?=", "\r\n "
MARK = "=?"
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"  # RFC 5322 section 3.2.3
PHRASE = re.compile(rf"{ATOM}(?: {ATOM})*")


def text_header(name: str, text: str) -> str:
    """The header `name` that says `text`, folded. HeaderRefused when it cannot."""
    line = f"{name}: {header(text)}"
    plain = text.isascii() and MARK not in text and text == " ".join(text.split())
    if plain and len(line) <= LONGEST_LINE:
        return line
    return f"{name}: {_words(text, LONGEST_LINE - len(name) - 2)}"


def mailbox_header(name: str, email: str, display: str = "") -> str:
    """The header `name` that holds one address, with the name shown beside it. AddressRefused, HeaderRefused."""
    if not display:
        return f"{name}: {address(email)}"
    plain = PHRASE.fullmatch(header(display)) and MARK not in display and len(name) + len(display) + 2 <= LONGEST_LINE
    line = f"{name}: {display if plain else _words(display, LONGEST_LINE - len(name) - 2)}"
    last = len(line.rpartition("\r\n")[2])
    return f"{line}{' ' if last + len(email) + 3 <= LONGEST_LINE else FOLD}<{address(email)}>"


def _words(text: str, room: int) -> str:
    """`text` in encoded words, one a line: the first in `room` characters. No character is cut in two."""
    words: list[bytes] = []
    octets = b""
    for character in text:
        added = octets + character.encode()
        if _length(added) > (LONGEST_WORD if words else room):
            words.append(octets)
            added = character.encode()
        octets = added
    return FOLD.join(f"{OPENING}{b64encode(word).decode()}{CLOSING}" for word in [*words, octets])


def _length(octets: bytes) -> int:
    return len(OPENING) + (len(octets) + 2) // 3 * 4 + len(CLOSING)
