"""What was seen already, in memory that does not grow with the file: a declaration may hold a million individuals.

Nothing of what was said can be read from it: 64 bits of a hash that each process salts, eight bytes each.
"""

from array import array

_PARTS = 4096


class Seen:
    """Values seen, up to `most` of them. `full` once one more came: later repeats of new values are not found."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._count = 0
        self._parts: dict[int, array[int]] = {}
        self.full = False

    def add(self, value: str) -> bool:
        """Remember `value`; true when it was seen before."""
        known = hash(value)
        part = self._parts.get(known % _PARTS)
        if part is not None and known in part:
            return True
        if self._count >= self._most:
            self.full = True
            return False
        if part is None:
            part = self._parts[known % _PARTS] = array("q")
        part.append(known)
        self._count += 1
        return False

    def clear(self) -> None:
        """Forget everything."""
        if self._count:
            self._parts.clear()
            self._count = 0
