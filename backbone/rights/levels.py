"""The levels of a right, lowest first: the one order by which they are compared, in Python and in SQL."""

from enum import StrEnum


class Level(StrEnum):
    """What a person may do with a function; no right at all is absence (G34)."""

    CONSULTATION = "consultation"
    MISE_A_JOUR = "mise_a_jour"


NO_RIGHT = ""
STRENGTH: dict[str, int] = {NO_RIGHT: 0, **{level: place for place, level in enumerate(Level, start=1)}}


def at_least(level: str) -> list[str]:
    """The levels that are enough where `level` is asked."""
    return [one for one in Level if STRENGTH[one] >= STRENGTH[level]]
