"""The number of an attestation: four groups of four, of characters that nobody takes for another one, the last of which
checks the others.

Any one character that is wrong, and any two that are swapped, make it no number: the sum of the characters, each by its
place, is 0 modulo 23, which is a prime and more than the places. Fifteen characters by chance are 67 bits.
"""

import re
from collections.abc import Callable
from typing import Final

# Without 0 O, 1 I L, 2 Z, 5 S, 8 B, and without G and U, which are read as 6 and V.
ALPHABET: Final = "34679ACDEFHJKMNPQRTVWXY"
LENGTH: Final = 16
_GAPS = re.compile(r"[\s\u2010-\u2015-]+")


def new_number(choice: Callable[[str], str]) -> str:
    """A number whose characters `choice` takes from the alphabet: by chance, where it must not be guessed."""
    body = "".join(choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + next(last for last in ALPHABET if right_number(body + last))


def typed_number(text: str) -> str:
    """What somebody typed, as a number is kept: capitals, no space and no hyphen."""
    return _GAPS.sub("", text).upper()


def right_number(number: str) -> bool:
    """Whether `number`, as `typed_number` makes it, can be one."""
    if len(number) != LENGTH or any(char not in ALPHABET for char in number):
        return False
    return sum(place * ALPHABET.index(char) for place, char in enumerate(number, 1)) % len(ALPHABET) == 0


def in_groups(number: str) -> str:
    """As people read it and type it: ABCD-EFGH-JKLM-NPQR."""
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))
