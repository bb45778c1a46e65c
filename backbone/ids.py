"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562)."""

from uuid import UUID, SafeUUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier. It is not a secret: use `backbone.secrets` for what must not be guessed (ASVS 11.5.1)."""
    return uuid7()


def read_id(text: str) -> UUID:
    """The UUID that `text` writes, dashes or not; ValueError when it writes none, AttributeError when it is no text.

    `UUID(text)` takes more than twice as long, and three are read for each event. It is made as psycopg makes its own.
    """
    digits = text.replace("-", "")
    if len(digits) != 32:
        raise ValueError(f"not an id: {len(digits)} digits")
    made = object.__new__(UUID)
    _set_int(made, int(digits, 16))
    _set_safe(made, _UNKNOWN)
    return made


# The slots themselves: a UUID refuses to be written to otherwise.
_set_int = UUID.int.__set__  # type: ignore[misc, attr-defined]
_set_safe, _UNKNOWN = UUID.is_safe.__set__, SafeUUID.unknown  # type: ignore[misc, attr-defined]
