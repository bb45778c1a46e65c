"""Whose messages wait although a sender is free, so that one slow destination never has all the senders.

One address domain has all senders but one at most. A domain whose last message took more than its time is slow: all the
slow ones together have one sender, until a message to it comes to an end, or `FORGIVEN` has passed.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

FORGIVEN = 600.0  # seconds


class Lanes:
    """What the `senders` of one process are busy with. With one sender nothing waits but for its turn."""

    def __init__(self, senders: int = 1) -> None:
        self._senders, self._lock = senders, Lock()
        self._busy: Counter[str] = Counter()
        self._slow: dict[str, float] = {}

    @contextmanager
    def claiming(self) -> Iterator[frozenset[str]]:
        """While one sender chooses, no other does. The domains that it must leave alone."""
        with self._lock:
            yield self._closed()

    def enter(self, recipient: str) -> None:
        """A sender took a message to `recipient`; called while `claiming`."""
        self._busy[_domain(recipient)] += 1

    def leave(self, recipient: str, *, overdue: bool) -> None:
        """It is done with it, or had to give it up for being `overdue`."""
        domain = _domain(recipient)
        with self._lock:
            self._busy[domain] -= 1
            if overdue:
                self._slow[domain] = monotonic() + FORGIVEN
            else:
                self._slow.pop(domain, None)

    def _closed(self) -> frozenset[str]:
        now = monotonic()
        self._slow = {domain: until for domain, until in self._slow.items() if until > now}
        self._busy = +self._busy
        if self._senders == 1:
            return frozenset()
        full = {domain for domain, count in self._busy.items() if count >= self._senders - 1}
        return frozenset(full | (self._slow.keys() if self._busy.keys() & self._slow.keys() else set()))


def _domain(recipient: str) -> str:
    return recipient.rpartition("@")[2].lower()
