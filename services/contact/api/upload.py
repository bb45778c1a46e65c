"""Reads a multipart form as it arrives: words into memory, files straight into the store, nothing twice on the disk.

Stricter than the usual parsers: bad UTF-8, NUL, a repeated or an unknown field are refused (C2, AA45).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from backbone.errors import UNEXPECTED, FieldError
from services.contact.domain.files import Limits
from services.contact.domain.ports import Incoming, Receiving
from services.contact.domain.refusals import FieldUnexpected, FilesTooLarge, NameUnreadable, UploadUnreadable
from services.contact.use_cases.store_files import Received

CHUNK = 128 * 1024
# Room for boundaries, headers and words beside the files.
OVERHEAD = 1024 * 1024
LONGEST_FIELD = 64 * 1024
FILES = "fichiers"
WORDS = ("objet", "message", "consentement")
PIECES = "pieces"  # the ids of the files of the draft, with commas between them
DRAFT = "draft_id"  # the draft that was shown
YES = {"true", "on", "oui", "1"}
OPENAPI = {
    "type": "object",
    "required": ["objet", "message", "consentement"],
    "properties": {
        **{name: {"type": "string"} for name in (*WORDS, PIECES, DRAFT)},
        FILES: {"type": "array", "items": {"type": "string", "format": "binary"}},
    },
}
FILES_ALONE = {
    "type": "object",
    "required": [FILES],
    "properties": {name: OPENAPI["properties"][name] for name in (DRAFT, FILES)},  # type: ignore[index]
}


@dataclass
class Upload:
    """What was sent."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Received] = field(default_factory=list)
    digest: str = ""

    def words(self) -> dict[str, Any]:
        """The words, as the use case takes them; what is missing is empty."""
        given = self.fields.get("consentement", "").strip().lower()
        return {
            "objet": self.fields.get("objet", ""),
            "message": self.fields.get("message", ""),
            "consent": given in YES,
            "pieces": self._pieces(),
            "draft_id": self.draft_id(),
        }

    def draft_id(self) -> UUID | None:
        """The draft that was shown; None when nothing is said of it."""
        try:
            return UUID(self.fields[DRAFT].strip()) if DRAFT in self.fields else None
        except ValueError:
            raise UploadUnreadable from None

    def _pieces(self) -> tuple[UUID, ...] | None:
        """The files of the draft that were shown; None when nothing is said of them."""
        if PIECES not in self.fields:
            return None
        try:
            return tuple(UUID(one.strip()) for one in self.fields[PIECES].split(",") if one.strip())
        except ValueError:
            raise UploadUnreadable from None


def read(
    request: Request, limits: Limits, receiving: Receiving, words: Sequence[str] = (*WORDS, PIECES, DRAFT)
) -> Upload:
    """The form of `request`, which may say `words` beside its files.

    UploadUnreadable, FieldUnexpected, TooManyFiles, FilesTooLarge (M11), StoreAway (M15).
    """
    if (request.content_length or 0) > limits.bytes + OVERHEAD:
        raise FilesTooLarge(limits.sentence())
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary or len(boundary) > 200:
        raise UploadUnreadable
    reading = _Reading(limits, receiving, words)
    try:
        _decode(request.stream, boundary.encode("latin-1"), reading)
    except RequestEntityTooLarge:
        raise FilesTooLarge(limits.sentence()) from None
    except ValueError:
        raise UploadUnreadable from None
    return reading.done()


def _decode(stream: IO[bytes], boundary: bytes, reading: "_Reading") -> None:
    decoder = MultipartDecoder(boundary, max_form_memory_size=8 * CHUNK, max_parts=1000)
    while True:
        chunk = stream.read(CHUNK)
        decoder.receive_data(chunk or None)
        while not isinstance(event := decoder.next_event(), NeedData):
            if isinstance(event, Epilogue):
                return
            reading.take(event)


class _Reading:
    """Takes the parts one after the other. Beyond the limits it goes on counting and keeps nothing more."""

    def __init__(self, limits: Limits, receiving: Receiving, words: Sequence[str]) -> None:
        self._limits, self._receiving, self._words = limits, receiving, words
        self._upload = Upload()
        self._name = ""
        self._text: bytearray | None = None
        self._given = ""
        self._file: Incoming | None = None
        self._sizes: list[int] = []
        self._hash = hashlib.sha256()

    def take(self, event: Any) -> None:
        """One event of the decoder."""
        if isinstance(event, File):
            self._begin_file(event)
        elif isinstance(event, Field):
            self._begin_field(event)
        elif isinstance(event, Data):
            self._add(event.data)
            if not event.more_data:
                self._end()

    def done(self) -> Upload:
        """Everything, if it is within the limits."""
        self._limits.check(self._sizes)
        for name in sorted(self._upload.fields):
            self._note(name, self._upload.fields[name])
        self._upload.digest = self._hash.hexdigest()
        return self._upload

    def _begin_field(self, event: Field) -> None:
        if event.name not in self._words or event.name in self._upload.fields:
            raise FieldUnexpected(errors=[FieldError(str(event.name), "inattendu", UNEXPECTED)])
        self._name, self._text, self._file = event.name, bytearray(), None

    def _begin_file(self, event: File) -> None:
        if event.name != FILES:
            raise FieldUnexpected(errors=[FieldError(str(event.name), "inattendu", UNEXPECTED)])
        self._text, self._given, self._file = None, event.filename, None
        if "\0" in event.filename:
            raise NameUnreadable
        self._sizes.append(0)

    def _add(self, chunk: bytes) -> None:
        if self._text is not None:
            # What goes beyond is dropped: it is far too long already, and its own rule says so.
            self._text += chunk[: LONGEST_FIELD - len(self._text)]
        elif chunk:
            self._sizes[-1] += len(chunk)
            if len(self._sizes) <= self._limits.files and sum(self._sizes) <= self._limits.bytes:
                self._file = self._file or self._receiving.new()
                self._file.write(chunk)

    def _end(self) -> None:
        if self._text is not None:
            self._upload.fields[self._name] = _text(bytes(self._text))
            return
        if not self._given and not self._sizes[-1]:
            self._sizes.pop()  # the empty part of a form whose file field was left alone
            return
        if len(self._sizes) <= self._limits.files:
            incoming = self._file or self._receiving.new()
            incoming.finish()
            self._upload.files.append(Received(self._given, incoming))
            self._note(self._given, incoming.sha256)

    def _note(self, name: str, content: str) -> None:
        """Into the digest by which a repeat of the same message is known, whatever its boundaries (C3)."""
        self._hash.update(f"{len(name)}:{name}{len(content)}:{content}".encode("utf-8", "surrogatepass"))


def _text(content: bytes) -> str:
    text = content.decode("utf-8") if len(content) < LONGEST_FIELD else content.decode("utf-8", "ignore")
    if "\0" in text:
        raise UploadUnreadable
    return text
