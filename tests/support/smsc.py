"""A small SMS centre on loopback: it binds anyone, keeps what is submitted, and answers as scripted."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from smpplib import consts, smpp

SILENT, DROP = -1, -2
RESPONSE = 0x80000000


@dataclass
class Smsc:
    """`submitted` holds (number, text bytes). `script` holds the statuses to give first: a number, SILENT or DROP."""

    submitted: list[tuple[str, bytes]] = field(default_factory=list)
    script: list[int] = field(default_factory=list)
    binds: int = 0
    bind_status: int = 0

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
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
                raw = head + line.recv(length - 16, socket.MSG_WAITALL) if length > 16 else head
                if not self._answer(line, command, sequence, raw):
                    return

    def _answer(self, line: socket.socket, command: int, sequence: int, raw: bytes) -> bool:
        status, body = 0, b""
        if command == 0x00000002:  # bind_transmitter
            self.binds += 1
            status, body = self.bind_status, b"smsc\0"
        elif command == 0x00000004:  # submit_sm
            pdu = smpp.parse_pdu(raw, client=_Numbers(), allow_unknown_opt_params=True)
            self.submitted.append((pdu.destination_addr.decode(), pdu.short_message))
            status, body = (self.script.pop(0) if self.script else 0), b"id-1\0"
        elif command & RESPONSE:
            return True
        if status == DROP:
            return False
        if status != SILENT:
            body = body if status == consts.SMPP_ESME_ROK else b""
            line.sendall(struct.pack(">LLLL", 16 + len(body), command | RESPONSE, status, sequence) + body)
        if command == 0x00000002 and status == consts.SMPP_ESME_ROK:
            line.sendall(struct.pack(">LLLL", 16, 0x00000015, 0, 77))  # an enquire_link of our own
        return True


class _Numbers:
    """What smpplib's codec asks of a client."""

    def next_sequence(self) -> int:
        """Any number."""
        return 1


@contextmanager
def smsc() -> Iterator[Smsc]:
    """A centre that listens."""
    centre = Smsc()
    try:
        yield centre
    finally:
        centre.close()
