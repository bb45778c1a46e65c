"""Detection judges whatever bytes come: it never raises, and takes neither long nor much (ASVS 5.2.3, 15.2.2)."""

import io
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.contact.adapters.detection import detect
from services.contact.domain.content import KINDS
from services.contact.domain.refusals import Objection
from tests.support import documents as d

SEEDS = [
    d.ooxml("word/document.xml", **{"word/embeddings/a.xlsx": d.ooxml("xl/workbook.xml")}),
    d.odf("text", **{"META-INF/manifest.xml": b"<m/>"}),
    d.with_backslashes(d.ooxml("xl/workbook.xml")),
    d.PDF,
    d.JPEG,
    d.png(),
    d.TEXT,
    "\ufeffSalarié".encode("utf-16-le"),
    b"GIF89a\x01\x00\x01\x00" + bytes(20),
    b"II*\x00\x08\x00\x00\x00\x01\x00\x00\x01\x03\x00\x01\x00\x00\x00\x01\x00",
    b"RIFF\x10\x00\x00\x00WEBPVP8X" + bytes(20),
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    d.OLE,
]
CHANGES = st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=0, max_size=6)), max_size=6)
MARKS = st.sampled_from([b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07", b"\xff\xd8\xff", b"%PDF-", b"MZ"])


def changed(seed: bytes, changes: list[tuple[int, bytes]], cut: int) -> bytes:
    content = bytearray(seed)
    for at, new in changes:
        content[at % (len(content) + 1) : at % (len(content) + 1) + len(new)] = new
    return bytes(content[: len(content) - cut % (len(content) + 1)]) if cut else bytes(content)


def check(folder: Path, content: bytes) -> None:
    path = folder / "received"
    path.write_bytes(content)
    found = detect(path)
    assert set(found.types) <= set(KINDS)
    assert found.objection in Objection


@settings(max_examples=400, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(SEEDS), CHANGES, st.one_of(st.just(0), st.integers(0, 3000)))
def test_a_good_file_that_was_damaged_is_judged(
    tmp_path: Path, seed: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    check(tmp_path, changed(seed, changes, cut))


@settings(max_examples=300, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.just(b""), MARKS), st.binary(max_size=600), st.one_of(st.just(b""), MARKS), st.binary(max_size=90))
@example(b"PK\x03\x04", b"", b"PK\x05\x06", b"\xff" * 18)
def test_any_bytes_are_judged(tmp_path: Path, start: bytes, body: bytes, mark: bytes, end: bytes) -> None:
    check(tmp_path, start + body + mark + end)


def at_one_place() -> bytes:
    """A good archive with a folder that says that it begins where the first part does."""
    content = bytearray(d.ooxml("word/document.xml", **{"word/media/": b""}))
    first = content.index(b"PK\x01\x02")
    folder = content.rindex(b"word/media/") - 46
    content[folder + 42 : folder + 46] = content[first + 42 : first + 46]
    return bytes(content)


def test_two_entries_of_one_content_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "received"
    path.write_bytes(at_one_place())
    assert detect(path).types == ()


def many_entries() -> bytes:
    """A directory of 40 megabytes: 800 000 entries for a reader that believes it."""
    entry = b"PK\x01\x02" + bytes(42) + b"ab"
    directory = entry * (40_000_000 // len(entry))
    end = b"PK\x05\x06" + bytes(4) + struct.pack("<HHIIH", 0xFFFF, 0xFFFF, len(directory), 0, 0)
    return b"PK\x03\x04" + directory + end


def unpacks_far() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", bytes(200_000_000))
    return buffer.getvalue()


def segments() -> bytes:
    """A JPEG of ten million empty segments."""
    return b"\xff\xd8" + b"\xff\xe0\x00\x02" * 10_000_000


@pytest.mark.parametrize("make", [many_entries, unpacks_far, segments, lambda: b"PK;a\n" * 8_000_000])
def test_the_worst_files_take_little(tmp_path: Path, make: object) -> None:
    path = tmp_path / "received"
    path.write_bytes(make())  # type: ignore[operator]
    tracemalloc.start()
    started = time.process_time()
    detect(path)
    taken, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 5, "the caller's request waits for it"
    assert peak < 20_000_000, f"{peak} bytes"
