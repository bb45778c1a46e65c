"""A file cut into its declarations, as a stream: a bare send, sends one after the other, or a recipient's lot.

A bad line spoils its own declaration alone; reading goes on at the next S10.G00.00. Memory does not grow with the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from services.dsn.domain.neodes.faults import Fault, fault
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.neodes.rubric import split

# S05 opens a lot, S06 a group of it, S96 closes the group, S95 the lot. The wrapper of a CIBTP caisse is unknown:
# this is the one of a complementary insurer, and its counts only ever warn.
_WRAPPER = ("S05.G51.00", "S06.G51.00", "S96.G51.00", "S95.G51.00")
# Each count of a lot that lies is a line of the report.
_ANNOUNCED_KEPT = 100
_ANNOUNCED = {("S05.G51.00", 6), ("S95.G51.00", 2)}


@dataclass
class Junk:
    """Lines that belong to no declaration: a file of another kind, or what is left of a broken one."""

    first_line: int
    last_line: int
    faults: list[Fault]


@dataclass
class Wrapper:
    """What the lot says of itself, and what was found."""

    found: int = 0
    announced: list[tuple[int, str]] = field(default_factory=list)

    def faults(self) -> list[Fault]:
        """A count that is not the number of declarations found."""
        return [fault("lot_compte", at) for at, value in self.announced if value != str(self.found)]


def scan(lines: Iterable[str], wrapper: Wrapper) -> Iterator[Reading | Junk]:
    """Each declaration of `lines`, closed, and each stretch of lines outside of any; `wrapper` is filled on the way."""
    scanner = _Scanner(wrapper)
    for at, line in enumerate(lines, start=1):
        done = scanner.take(at, line)
        if done:
            yield from done
    yield from scanner.end()


class _Scanner:
    """What is being read: a declaration, or lines outside of any, or nothing."""

    def __init__(self, wrapper: Wrapper) -> None:
        self._wrapper = wrapper
        self._current: Reading | None = None
        self._junk: Junk | None = None

    def take(self, at: int, line: str) -> list[Reading | Junk]:
        """The next line; what it completes."""
        done: list[Reading | Junk] = []
        parts, mended = split(line), None
        if not isinstance(parts, tuple):
            if isinstance(parts, str):
                self._unreadable(at, line, parts)
                return done
            line, mended, parts = parts.line, parts.code, (parts.block, parts.number, parts.value)
        block, number, value = parts
        if self._current and (block in _WRAPPER or self._current.begins_again(block, number)):
            done.append(self._closed(self._current))
        if self._current is None and block == "S10.G00.00":
            done += self._begin(at)
        if self._current:
            self._current.take(at, line, block, number, value)
            if mended:
                self._current.note_once(mended)
            if self._current.complete:
                done.append(self._closed(self._current))
        elif block not in _WRAPPER:
            self._outside(at, "hors_declaration")
        elif (block, number) in _ANNOUNCED and len(self._wrapper.announced) < _ANNOUNCED_KEPT:
            self._wrapper.announced.append((at, value))
        return done

    def end(self) -> list[Reading | Junk]:
        """No more line; what was still open."""
        last: list[Reading | Junk] = [self._closed(self._current)] if self._current else []
        return last + ([self._junk] if self._junk else [])

    def _begin(self, at: int) -> list[Reading | Junk]:
        done: list[Reading | Junk] = [self._junk] if self._junk else []
        self._current, self._junk = Reading(at), None
        self._wrapper.found += 1
        return done

    def _closed(self, reading: Reading) -> Reading:
        self._current = None
        reading.close()
        return reading

    def _unreadable(self, at: int, line: str, code: str) -> None:
        if self._current:
            self._current.spoilt(at, line, code)
        elif code != "ligne_vide":
            self._outside(at, code)

    def _outside(self, at: int, code: str) -> None:
        if self._junk is None:
            self._junk = Junk(at, at, [fault(code, at)])
        self._junk.last_line = at
