"""Passwords at rest: Argon2id with OWASP's smaller profile, a few at once so that hashing cannot starve the service."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from services.identity.domain.password import normalized
from services.identity.domain.refusals import HashingBusy


class Argon2Hasher:
    """`slots` hashes at once; who waits longer than `patience` seconds is told that the service is busy (503)."""

    def __init__(self, *, memory_kib: int, time_cost: int, parallelism: int = 1, slots: int = 2, patience: float = 5.0):
        self._argon2 = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism)
        self._slots, self._patience = threading.BoundedSemaphore(slots), patience
        self._dummy = self._argon2.hash("nobody's password")

    def hash(self, password: str) -> str:
        """A salted hash of `password`, composed (NFC): one keyboard sends « é » as one character, another as two."""
        with self._slot():
            return self._argon2.hash(normalized(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the one behind `stored`; None (no such account) takes the same time and is False.

        A hash from before passwords were composed opens to what was typed then.
        """
        with self._slot():
            right = any(
                self._opens(stored or self._dummy, form) for form in dict.fromkeys((normalized(password), password))
            )
        return right and stored is not None

    def outdated(self, stored: str, password: str) -> bool:
        """Whether `stored`, to which `password` is right, was made with other settings, or from a text not composed."""
        if self._argon2.check_needs_rehash(stored):
            return True
        if normalized(password) == password:
            return False
        with self._slot():
            return not self._opens(stored, normalized(password))

    def _opens(self, stored: str, password: str) -> bool:
        try:
            return self._argon2.verify(stored, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=self._patience):
            raise HashingBusy(headers={"Retry-After": "2"})
        try:
            yield
        finally:
            self._slots.release()
