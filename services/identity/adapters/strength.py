"""How soon a password would be guessed, by zxcvbn, whose lists hold the 30 000 most used ones (ASVS 6.2.4)."""

import threading
from collections.abc import Iterable

from zxcvbn import zxcvbn

from services.identity.domain.common_words import COMMON_WORDS

LOOKED_AT = 64  # the library refuses more than 72 characters, and its time grows faster than the length
# The library keeps the words it is given in a variable of its own: one thread would be judged by another's.
_one_at_a_time = threading.Lock()


def strength(password: str, words: Iterable[str]) -> int:
    """0 (among the first tried) to 4, for an attacker who knows `words` and French."""
    known = [*words, *COMMON_WORDS]
    with _one_at_a_time:
        return int(zxcvbn(password[:LOOKED_AT], user_inputs=known)["score"])
