"""Whatever bytes arrive as a form: read, or refused with a status that blames the request. Never anything else."""

import hashlib
import io
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backbone.errors import Refused
from services.contact.api import upload
from services.contact.domain.files import Limits
from services.contact.domain.refusals import FilesTooLarge, TooManyFiles

PIECES = [
    b"--xxx\r\n",
    b"--xxx--\r\n",
    b"--xxx",
    b"\r\n",
    b"\r\n\r\n",
    b'Content-Disposition: form-data; name="objet"',
    b'Content-Disposition: form-data; name="fichiers"; filename="a.pdf"',
    b"Content-Disposition: form-data; name=\"fichiers\"; filename*=UTF-8''%E2%82%AC.pdf",
    b'Content-Disposition: attachment; filename="',
    b"Content-Type: text/plain; charset=utf-7",
    b"bonjour",
    b"\0",
    b"\xff\xfe",
    b";=\"'\\",
]


class Memory:
    """A file that is received into memory."""

    path = None

    def __init__(self) -> None:
        self.content = b""

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def write(self, chunk: bytes) -> None:
        self.content += chunk

    def finish(self) -> None:
        pass


def read(body: bytes, limits: Limits | None = None, boundary: str = "xxx") -> upload.Upload:
    request: Any = SimpleNamespace(
        content_length=len(body), mimetype_params={"boundary": boundary}, stream=io.BytesIO(body)
    )
    receiving: Any = SimpleNamespace(new=Memory)
    return upload.read(request, limits or Limits(), receiving)


def form(*files: tuple[str, bytes], boundary: str = "xxx") -> bytes:
    parts = [b'Content-Disposition: form-data; name="objet"\r\n\r\nQuestion']
    for name, content in files:
        head = f'Content-Disposition: form-data; name="fichiers"; filename="{name}"'.encode()
        parts.append(head + b"\r\n\r\n" + content)
    line = b"--" + boundary.encode()
    return b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=40)), max_size=25))
def test_c2_any_bytes_are_read_or_refused(pieces: list[bytes]) -> None:
    try:
        read(b"".join(pieces))
    except Refused as refused:
        assert 400 <= refused.status < 500


@given(st.integers(0, 400_000).map(lambda size: (b"\r\n--b\0" * (size // 6 + 1))[:size]))
def test_a_file_arrives_byte_for_byte(content: bytes) -> None:
    (received,) = read(form(("a.bin", content), boundary="b" * 40), boundary="b" * 40).files
    assert received.incoming.content == content  # type: ignore[attr-defined]


def test_c3_a_repeat_is_known_whatever_its_boundary() -> None:
    first, again = (read(form(("a", b"1"), boundary=b), boundary=b) for b in ("xxx", "autre"))
    assert first.digest == again.digest
    assert first.digest != read(form(("a", b"2"))).digest != read(form(("b", b"1"))).digest


def test_aa42_beyond_the_limits_nothing_more_is_kept() -> None:
    limits = Limits(files=2, bytes=10)
    read(form(("a", b"12345"), ("b", b"12345")), limits)
    with pytest.raises(FilesTooLarge):
        read(form(("a", b"12345"), ("b", b"123456")), limits)
    with pytest.raises(TooManyFiles):
        read(form(("a", b"1"), ("b", b"2"), ("c", b"3")), limits)


def test_a_repeated_or_unknown_field_is_refused() -> None:
    twice = form().replace(b"--xxx--", b'--xxx\r\nContent-Disposition: form-data; name="objet"\r\n\r\nx\r\n--xxx--')
    for body in (twice, form().replace(b'"objet"', b'"nom"')):
        with pytest.raises(upload.FieldUnexpected):
            read(body)
