"""Ids are read as the standard library reads them, faster."""

import pickle
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.ids import read_id


@given(st.uuids())
def test_an_id_is_read_as_uuid_reads_it(id: UUID) -> None:
    read = read_id(str(id))
    assert read == id == read_id(id.hex)
    assert (hash(read), str(read), read.is_safe, read.version) == (hash(id), str(id), id.is_safe, id.version)
    assert pickle.loads(pickle.dumps(read)) == id


@given(st.text("0123456789abcdefABCDEF-_+ x{}", max_size=40))
def test_nothing_else_is_read(text: str) -> None:
    try:
        read = read_id(text)
    except ValueError:
        return
    assert read == UUID(text)


@pytest.mark.parametrize("nothing", [None, 12, {}, ["0190b5a8-0000-7000-8000-000000000001"]])
def test_what_is_no_text_is_no_id(nothing: object) -> None:
    with pytest.raises((AttributeError, TypeError)):
        read_id(nothing)  # type: ignore[arg-type]
