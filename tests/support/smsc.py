"""A small SMS centre on the loopback: that of the profile sms, in this process, with a script of answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from tools.smsc.centre import DROP, SILENT, Smsc

__all__ = ["DROP", "SILENT", "Smsc", "smsc"]


@contextmanager
def smsc() -> Iterator[Smsc]:
    """A centre that listens."""
    centre = Smsc()
    try:
        yield centre
    finally:
        centre.close()
