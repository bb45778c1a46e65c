"""Ten thousand damaged files: the reader says what is wrong with each, and never raises (docs/dsn.md, Files)."""

import random
import time
from datetime import date

import pytest

from backbone.errors import Refused
from services.dsn.domain.neodes.header import deposit_of
from services.dsn.domain.neodes.lines import lines, unpacked
from services.dsn.domain.neodes.reading import Reading
from services.dsn.domain.neodes.scan import Wrapper, scan
from tools.dsn_synth.lot import one_group
from tools.dsn_synth.monthly import Monthly, render, rubrics

ONE = Monthly(siret="73282932000074", period="2026-09", people=1)
FILES = [render(rubrics(ONE)), one_group([ONE])]
EDITS = 10_000


def damaged(rng: random.Random) -> bytes:
    """A file with one to four bytes replaced, removed, repeated or cut."""
    data = bytearray(rng.choice(FILES))
    for _ in range(rng.randint(1, 4)):
        at, kind = rng.randrange(len(data)), rng.randrange(4)
        if kind == 0:
            data[at] = rng.randrange(256)
        elif kind == 1:
            del data[at : at + rng.randint(1, 40)]
        elif kind == 2:
            data[at:at] = data[at : at + rng.randint(1, 40)] or b"'"
        elif rng.random() < 0.1:
            del data[at:]
        if not data:
            break
    return bytes(data)


def read(data: bytes) -> int:
    """How many declarations or pieces were judged."""
    found = list(scan(lines(unpacked([data], 10**7)), Wrapper()))
    for one in found:
        deposit = deposit_of(one, date(2026, 11, 23)) if isinstance(one, Reading) else None
        assert deposit is not None or one.faults
    return len(found)


@pytest.mark.timeout(400)
def test_damaged_bytes_never_raise():
    """no exception, no hang."""
    rng, started = random.Random(20261123), time.process_time()
    judged = sum(read(damaged(rng)) for _ in range(EDITS))
    assert judged >= EDITS * 0.9
    assert time.process_time() - started < 45


@pytest.mark.parametrize("seed", range(200))
def test_any_bytes_are_refused_or_judged(seed):
    rng = random.Random(seed)
    data = rng.choice([b"", b"\x1f\x8b", b"S10.G00.00.001,'"]) + rng.randbytes(rng.randint(0, 5000))
    try:
        read(data)
    except Refused as refused:
        assert refused.slug == "gzip_illisible"
