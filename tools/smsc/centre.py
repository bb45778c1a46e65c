"""The SMPP 3.4 side, on smpplib's codec: binds anyone, keeps what is submitted, answers at once or as scripted."""

import socket
import struct
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from smpplib import consts, gsm, smpp

SILENT, DROP = -1, -2
RESPONSE = 0x80000000
BINDS = (0x00000001, 0x00000002, 0x00000009)  # receiver, transmitter, transceiver
SUBMIT, ENQUIRE = 0x00000004, 0x00000015
LONGEST = 64 * 1024
KEPT = 1000


@dataclass(frozen=True)
class Submitted:
    """An SMS as it came in."""

    id: str
    source: str
    number: str
    content: bytes
    coding: int
    at: datetime

    @property
    def text(self) -> str:
        """What a phone shows."""
        if self.coding == consts.SMPP_ENCODING_ISO10646:
            return self.content.decode("utf-16-be", "replace")
        return _from_gsm(self.content) if self.coding == 0 else self.content.decode("latin-1")


@dataclass
class Smsc:
    """`submitted`: what came in, the newest last. `script`: the statuses to give first, a number, SILENT or DROP."""

    host: str = "127.0.0.1"
    port: int = 0
    submitted: deque[Submitted] = field(default_factory=lambda: deque(maxlen=KEPT))
    script: list[int] = field(default_factory=list)
    binds: int = 0
    bind_status: int = 0

    def __post_init__(self) -> None:
        self._lock, self._count = threading.Lock(), 0
        self._server = socket.create_server((self.host, self.port))
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address, as a setting has it."""
        return f"smpp://espace:secret@127.0.0.1:{self.port}?source=CIBTP"

    def close(self) -> None:
        """Refuse from now on."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._server.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError, struct.error):
            while True:
                head = line.recv(16, socket.MSG_WAITALL)
                length, command, _, sequence = struct.unpack(">LLLL", head)
                if length > LONGEST:
                    return
                raw = head + line.recv(length - 16, socket.MSG_WAITALL) if length > 16 else head
                if not self._answer(line, command, sequence, raw):
                    return

    def _answer(self, line: socket.socket, command: int, sequence: int, raw: bytes) -> bool:
        """Answer one request; whether the line stays."""
        status, body = 0, b""
        if command in BINDS:
            self.binds += 1
            status, body = self.bind_status, b"smsc\0"
        elif command == SUBMIT:
            status, body = self._take(raw)
        elif command & RESPONSE:
            return True
        if status == DROP:
            return False
        if status != SILENT:
            body = body if status == consts.SMPP_ESME_ROK else b""
            line.sendall(struct.pack(">LLLL", 16 + len(body), command | RESPONSE, status, sequence) + body)
        if command in BINDS and status == consts.SMPP_ESME_ROK:
            line.sendall(struct.pack(">LLLL", 16, ENQUIRE, 0, 77))  # an enquire_link of our own
        return True

    def _take(self, raw: bytes) -> tuple[int, bytes]:
        """Keep an SMS; the status and the body of the answer."""
        pdu = smpp.parse_pdu(raw, client=_Numbers(), allow_unknown_opt_params=True)
        source, number = pdu.source_addr.decode("latin-1"), pdu.destination_addr.decode("latin-1")
        with self._lock:
            self._count += 1
            id_ = f"sms-{self._count}"
            at = datetime.now(UTC)
            self.submitted.append(Submitted(id_, source, number, pdu.short_message, pdu.data_coding or 0, at))
            status = self.script.pop(0) if self.script else 0
        return status, id_.encode() + b"\0"


class _Numbers:
    """What smpplib's codec asks of a client."""

    def next_sequence(self) -> int:
        """Any number."""
        return 1


def _from_gsm(content: bytes) -> str:
    """Text in the GSM alphabet, one byte a character and two for those behind the escape."""
    text, extended = "", 0
    for byte in content:
        if byte == 0x1B:
            extended = 0x80
            continue
        text += gsm.GSM_CHARACTER_TABLE[(byte & 0x7F) + extended]
        extended = 0
    return text
