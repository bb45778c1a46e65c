"""Working in sets that a statement can hold."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from backbone.store.database import CHUNK

Value = TypeVar("Value")


def chunks(values: Iterable[Value], size: int = CHUNK) -> Iterator[list[Value]]:
    """`values` in lists of at most `size`."""
    everything = list(values)
    return (everything[at : at + size] for at in range(0, len(everything), size))
