"""What a service finds when it verifies its own tables: `python -m backbone verify SERVICE`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection


@dataclass(frozen=True)
class Verdict:
    """`said`: what was looked at, in one sentence for an operator. `faults`: what is wrong, one sentence each."""

    said: str
    faults: Sequence[str] = ()


Verifies = Callable[[Connection, datetime], Verdict]
