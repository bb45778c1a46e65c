"""A real SMTP server on loopback that keeps what it receives, and answers badly when told to."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.ports import free_port


class SmtpSink:
    """`messages` holds what was accepted, `raw` its bytes.

    `script` holds, by stage (MAIL, RCPT, DATA), the answers to give first.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.connections = 0
        self.greetings: list[str] = []
        self.script: dict[str, list[str]] = {"MAIL": [], "RCPT": [], "DATA": []}
        # Called when a message is accepted and its answer not yet given: the worst moment for a sender to die.
        self.accepted: Callable[[int], None] = lambda number: None
        # Whom it answers one byte at a time and never to the end: a recipient's domain, the number of a connection.
        self.drips_for: set[str | int] = set()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """Its address, as a setting has it."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, timeout=60)
        self._controller.start()

    def stop(self) -> None:
        """Refuse connections from now on, as a server that is down."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def distinct(self) -> set[str]:
        """The Message-IDs: a repeat of one is the same e-mail."""
        return {str(message["Message-ID"]) for message in self.messages}

    # what aiosmtpd calls

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count connections, and keep who we say we are."""
        self.connections += 1
        self.greetings.append(hostname)
        session.host_name = hostname
        await self._drip(server, self.connections)
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Accept the sender, or as scripted."""
        envelope.mail_from = address
        return self._answer("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Accept the recipient, or as scripted."""
        await self._drip(server, address.rpartition("@")[2])
        answer = self._answer("RCPT", "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the message, or answer as scripted; « DROP » keeps it and cuts the line before the answer."""
        answer = self._answer("DATA", "250 OK")
        if answer.startswith("250") or answer == "DROP":
            content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
            self.raw.append(content)
            self.messages.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
            self.recipients.extend(envelope.rcpt_tos)
            self.accepted(len(self.messages))
        if answer == "DROP":
            server.transport.abort()
        return answer

    async def _drip(self, server: SMTP, whom: str | int) -> None:
        while whom in self.drips_for and not server.transport.is_closing():
            server.transport.write(b"2")
            await asyncio.sleep(0.2)

    def _answer(self, stage: str, usual: str) -> str:
        return self.script[stage].pop(0) if self.script[stage] else usual


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    """A sink that listens."""
    sink = SmtpSink()
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def refuses(port: int) -> bool:
    """Whether nobody listens on `port`."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
