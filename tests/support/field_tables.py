"""Field tables (AMQP 0-9-1) as bytes, of values that no client of ours would write."""

from struct import pack


def long(raw: bytes) -> bytes:
    """Bytes behind their length."""
    return pack(">I", len(raw)) + raw


def table(*pairs: tuple[bytes, bytes]) -> bytes:
    """A field table of raw values, each with its kind."""
    return long(b"".join(bytes((len(name),)) + name + value for name, value in pairs))


def nested(depth: int) -> bytes:
    """A field table in a table, and so on."""
    inner = table()
    for _ in range(depth):
        inner = table((b"t", b"F" + inner))
    return inner


YEAR_10000 = table((b"t", b"T" + pack(">Q", 253402300800)))  # its first second, which no datetime holds
