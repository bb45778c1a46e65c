"""What use cases need from outside; `app.py` gives the real ones."""

from collections.abc import Mapping
from typing import Any, Protocol


class Hasher(Protocol):
    """Keeps passwords and codes as slow salted hashes."""

    def hash(self, password: str) -> str:
        """The hash to keep."""

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is the same; as long for None, and False."""

    def outdated(self, stored: str, password: str) -> bool:
        """Whether it should be made again, from the `password` that was right."""


class Signer(Protocol):
    """Signs tokens."""

    def sign(self, claims: Mapping[str, Any]) -> str:
        """The signed token."""


class Sealer(Protocol):
    """Seals secrets for the notification service."""

    def seal(self, content: Mapping[str, Any]) -> str:
        """What only it can read."""
