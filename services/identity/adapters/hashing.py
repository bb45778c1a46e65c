"""Passwords at rest: Argon2id with OWASP's smaller profile, a few at once so that hashing cannot starve the service."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from services.identity.domain.refusals import HashingBusy


class Argon2Hasher:
    """`slots` hashes at once; who waits longer than `patience` seconds is told that the service is busy (503)."""

    def __init__(self, *, memory_kib: int, time_cost: int, parallelism: int = 1, slots: int = 2, patience: float = 5.0):
        self._argon2 = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)
        self._slots, self._patience = threading.BoundedSemaphore(slots), patience
        self._dummy = self._argon2.hash("nobody's password")

    def hash(self, password: str) -> str:
        """A salted hash of `password`, exactly as typed."""
        with self._slot():
            return self._argon2.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one behind `stored`; None (no such account) takes the same time and is False."""
        with self._slot():
            try:
                self._argon2.verify(stored or self._dummy, password)
            except (VerifyMismatchError, VerificationError, InvalidHashError):
                return False
        return stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether `stored` was made with other settings than today's."""
        return self._argon2.check_needs_rehash(stored)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=self._patience):
            raise HashingBusy(headers={"Retry-After": "2"})
        try:
            yield
        finally:
            self._slots.release()
