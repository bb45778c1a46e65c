"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier. It is not a secret: use `backbone.secrets` for what must not be guessed (ASVS 11.5.1)."""
    return uuid7()
