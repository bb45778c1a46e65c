"""One strict JSON reader for the edge and the bus (C2, AA50)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.strict_json import MAX_DEPTH, NotStrict, loads

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)


@given(VALUES, st.booleans())
def test_what_json_writes_is_read_back_the_same(value: object, ascii_only: bool) -> None:
    assert loads(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(body: bytes) -> None:
    try:
        value = loads(body)
    except NotStrict:
        return
    assert value == json.loads(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"a":1,"a":2}',
        b'{"x":{"a":1,"a":1}}',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"[1e999]",
        b'"\xff"',
        b'"\xed\xa0\x80"',
        b'"\\ud800"',
        b'{"\\ud800":1}',
        b'["\\u0000"]',
        b'"a\0b"',
        b"[1] [2]",
        b"\xef\xbb\xbf{}",
        b"1" + b"0" * 5000,
    ],
)
def test_c2_what_two_readers_could_read_differently_is_refused(body: bytes) -> None:
    with pytest.raises(NotStrict):
        loads(body)


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_c2_depth_is_bounded(opening: bytes, closing: bytes) -> None:
    loads(opening * MAX_DEPTH + b"1" + closing * MAX_DEPTH)
    with pytest.raises(NotStrict):
        loads(opening * (MAX_DEPTH + 1) + b"1" + closing * (MAX_DEPTH + 1))


def test_brackets_inside_texts_are_not_depth() -> None:
    assert loads(json.dumps(["[{" * 100, '\\"[' * 50]).encode())[0] == "[{" * 100


def test_c2_a_million_brackets_do_not_exhaust_the_reader() -> None:
    with pytest.raises(NotStrict):
        loads(b"[" * 1_000_000)


def test_the_refusal_does_not_quote_the_content() -> None:
    with pytest.raises(NotStrict) as refused:
        loads(b'{"hunter2": }')
    assert "hunter2" not in str(refused.value)


def test_two_surrogates_that_make_one_character_are_text() -> None:
    assert loads(b'"\\ud83d\\ude00"') == "\U0001f600"
