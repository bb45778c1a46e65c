"""Whether a content is plain text, whatever its first letters look like: no control character anywhere, no web page.

Read chunk by chunk, so that a file of any size costs the same memory.
"""

import codecs
import re

# No text of any usual encoding has these; a form feed (0x0C) and an escape-free log have their place in one.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_WIDE_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_ACTIVE = re.compile(r"<\s*(?:!doctype\s+html|html|svg|script|body|iframe)\b", re.IGNORECASE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# DOS programs end a text with it.
_END_OF_FILE = b"\x1a"
HEAD = 4096


class TextReading:
    """Reads a content that may be text. Feed it everything, then ask `is_text`."""

    def __init__(self, head: bytes) -> None:
        self._wide = codecs.getincrementaldecoder("utf-16")() if head.startswith(_UTF_16) else None
        self._text = not is_active(head)
        self._held = b""

    def take(self, chunk: bytes) -> bool:
        """The next chunk; whether it may still be text."""
        if self._text and self._wide:
            self._text = self._wide_text(chunk, end=False)
        elif self._text:
            self._text = not (self._held or _CONTROLS.search(chunk.removesuffix(_END_OF_FILE)))
            self._held = _END_OF_FILE if chunk.endswith(_END_OF_FILE) else b""
        return self._text

    def is_text(self) -> bool:
        """Whether all that came was text."""
        return self._text and (self._wide is None or self._wide_text(b"", end=True))

    def _wide_text(self, chunk: bytes, *, end: bool) -> bool:
        try:
            text = self._wide.decode(chunk, end) if self._wide else ""
        except UnicodeDecodeError:
            return False
        return not _WIDE_CONTROLS.search(text)


def is_active(head: bytes) -> bool:
    """Whether a content begins as a web page or a drawing that may act (ASVS 1.3.4), in any usual encoding."""
    some = head[:HEAD]
    wide = some.decode("utf-16", "replace") if some.startswith(_UTF_16) else ""
    return bool(_ACTIVE.search(wide or some.decode("latin-1")))


def has_controls(content: bytes) -> bool:
    """Whether `content` holds bytes that no text of any usual encoding has."""
    return _CONTROLS.search(content) is not None
