"""Lines a second of the reader, end to end, beside a loop that only slices; and the memory of one large declaration."""

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from services.dsn.domain.neodes.header import deposit_of
from services.dsn.domain.neodes.lines import lines, unpacked
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.neodes.scan import Wrapper, scan
from tools.dsn_synth.monthly import Monthly, rubrics

STEP = 64 * 1024
TODAY = date(2026, 11, 20)
SIRET = "73282932000074"


def measure(people: int) -> dict[str, float]:
    """Lines a second, ours and bare, of one declaration of `people` individuals; each the best of three."""
    content = b"".join(declaration(people))
    count = content.count(b"\n")
    ours = min(_timed(lambda: read(_chunks(content))) for _ in range(3))
    bare = min(_timed(lambda: slices(_chunks(content))) for _ in range(3))
    return {"lines": count, "ours": count / ours, "bare": count / bare, "ratio": bare / ours}


def read(chunks: Iterable[bytes]) -> int:
    """How many deposits a file holds, as an import reads it, without storing them."""
    pieces = scan(lines(unpacked(chunks, 1 << 40)), Wrapper())
    return sum(isinstance(one, Reading) and deposit_of(one, TODAY) is not None for one in pieces)


def slices(chunks: Iterable[bytes]) -> int:
    """What no reader can do without: decode, cut into lines, cut each line in three."""
    rest, found = "", 0
    for chunk in chunks:
        *whole, rest = (rest + chunk.decode("latin-1")).split("\n")
        for line in whole:
            found += len((line[:10], line[11:14], line[16:-2])) > 0
    return found


def declaration(people: int) -> Iterator[bytes]:
    """A declaration of `people` individuals, in pieces: the individuals of a real one again and again."""
    one = [f"{code},'{value}'\r\n" for code, value in rubrics(Monthly(siret=SIRET, period="2026-10", people=1))]
    first = next(at for at, line in enumerate(one) if line.startswith("S21.G00.30.001"))
    last = max(
        at for at, line in enumerate(one) if line.startswith(("S21.G00.3", "S21.G00.4", "S21.G00.5", "S21.G00.7"))
    )
    head, person, tail = one[:first], one[first + 1 : last + 1], one[last + 1 :]
    yield "".join(head).encode("latin-1")
    body = "".join(person).encode("latin-1")
    for number in range(people):
        yield f"S21.G00.30.001,'1{number:012}'\r\n".encode() + body
    total = len(one) + (people - 1) * (len(person) + 1)
    said = [f"S90.G00.90.001,'{total}'\r\n" if line.startswith("S90.G00.90.001") else line for line in tail]
    yield "".join(said).encode("latin-1")


def memory(megabytes: int) -> float:
    """Megabytes that reading one declaration of so many adds to a process that has everything imported."""
    words = [sys.executable, "-m", "benchmarks.dsn.reading", str(megabytes)]
    asked = subprocess.run(words, capture_output=True, text=True, check=True)
    return float(asked.stdout)


def _chunks(content: bytes) -> Iterator[bytes]:
    return (content[at : at + STEP] for at in range(0, len(content), STEP))


def _timed(act: Iterable[object] | object) -> float:
    begun = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - begun


def _peak() -> float:
    """Megabytes that this program used at most; `ru_maxrss` would count what its parent had when it began."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    read(declaration(10))
    before = _peak()
    size = len(b"".join(declaration(1001))) - len(b"".join(declaration(1)))
    people = int(sys.argv[1]) * 1_000_000 * 1000 // size
    assert read(declaration(people)) == 1
    print(_peak() - before)
