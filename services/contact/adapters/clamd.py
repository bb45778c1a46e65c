"""ClamAV's daemon over TCP: INSTREAM, one file a connection (clamd(8)).

A file goes in chunks, each behind its length; an empty one ends it. The answer is one line that a NUL ends.
"""

import re
import socket
import struct
from typing import BinaryIO
from urllib.parse import urlsplit

from backbone.deadline import hung_up_after
from services.contact.use_cases.scan_files import AntivirusAway, NotJudged

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
ANSWER = re.compile(r"stream: (?:(?P<clean>OK)|(?P<virus>\S+) FOUND)")
# What clamd could not read to its end is not clean, and no virus either (AlertExceedsMax in clamd.conf).
UNREAD = "Heuristics.Limits.Exceeded"


class Clamd:
    """One clamd. `timeout` is for the connection, `patience` for a whole scan (longer than its MaxScanTime)."""

    def __init__(self, host: str, port: int, *, timeout: float = 5.0, patience: float = 90.0) -> None:
        self._address = (host, port)
        self._timeout, self._patience = timeout, patience

    @classmethod
    def of(cls, url: str) -> "Clamd":
        """From `tcp://host:3310`. ValueError when it is not."""
        parts = urlsplit(url)
        if parts.scheme != "tcp" or not parts.hostname or parts.path:
            raise ValueError("an antivirus address reads tcp://host:3310")
        return cls(parts.hostname, parts.port or 3310)

    def virus_in(self, content: BinaryIO) -> str | None:
        """The virus found in `content`, None when it is clean. AntivirusAway before it was asked, NotJudged after."""
        try:
            line = socket.create_connection(self._address, self._timeout)
        except OSError as error:
            raise AntivirusAway(type(error).__name__) from error
        try:
            with line, hung_up_after(self._patience, lambda: line):
                line.settimeout(None)  # the whole has its limit, and a second one beside it would race with that
                answer = _ask(line, content)
        except OSError as error:
            raise NotJudged(type(error).__name__) from error
        said = ANSWER.fullmatch(answer)
        if said is None or (said["virus"] or "").startswith(UNREAD):
            raise NotJudged(answer or "an empty answer")
        return said["virus"]


def _ask(line: socket.socket, content: BinaryIO) -> str:
    line.sendall(b"zINSTREAM\0")
    while chunk := content.read(CHUNK):
        line.sendall(struct.pack(">L", len(chunk)) + chunk)
    line.sendall(struct.pack(">L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = line.recv(LONGEST_ANSWER)
        if not part:
            raise ConnectionError("no whole answer")
        answer += part
    return answer.rstrip(b"\0").decode("ascii", "replace")
