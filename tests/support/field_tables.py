"""Field tables (AMQP 0-9-1) as bytes, of values that no client of ours would write."""

from struct import pack

from hypothesis import strategies as st

FIXED = {b"tbB": 1, b"su": 2, b"Iif": 4, b"lLdT": 8, b"D": 5, b"V": 0}  # kinds, and the bytes of their values
SIZES = {bytes((kind,)): size for kinds, size in FIXED.items() for kind in kinds}
MEASURED = (b"S", b"x", b"F", b"A")  # kinds whose values say their length


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


def _value(kind: bytes) -> st.SearchStrategy[bytes]:
    if kind in MEASURED:
        return st.binary(max_size=20).map(lambda raw: kind + long(raw))
    return st.binary(min_size=SIZES[kind], max_size=SIZES[kind]).map(lambda raw: kind + raw)


# Any value of any kind that AMQP 0-9-1 and RabbitMQ know (4.2.5.5 and its errata); a table or array holds any bytes.
VALUES = st.sampled_from((*SIZES, *MEASURED)).flatmap(_value)
