"""SMS over SMPP 3.4 (smpplib), bound as a transmitter for the length of a batch.

A provider knows no reference of ours: an SMS whose answer never came is in doubt, and doubt is never sent twice.
"""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from smpplib import consts, exceptions, gsm
from smpplib.client import Client

from backbone.deadline import hung_up_after
from services.notification.domain.deliveries import Outcome, Verdict
from services.notification.domain.writing import Sms

# smpplib logs whole messages, codes included, at DEBUG.
QUIET = "notification.smpp"
logging.getLogger(QUIET).setLevel(logging.WARNING)
FOR_NOW = (consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL, consts.SMPP_ESME_RSYSERR)
CLOSING = 5.0  # seconds for a good-bye
WRONG = (exceptions.PDUError, exceptions.ConnectionError, OSError)


@dataclass(frozen=True)
class SmppServer:
    """Where and as whom to bind; `source` is the sender that phones show."""

    host: str
    port: int
    system_id: str
    password: str
    source: str

    @classmethod
    def of(cls, url: str) -> "SmppServer":
        """From `smpp://system_id:password@host:port?source=CIBTP`. ValueError when it is not."""
        parts = urlsplit(url)
        if parts.scheme != "smpp" or not parts.hostname or not parts.username:
            raise ValueError("an SMPP address reads smpp://system_id:password@host:port?source=CIBTP")
        source = parse_qs(parts.query).get("source", ["CIBTP"])[0]
        return cls(parts.hostname, parts.port or 2775, unquote(parts.username), unquote(parts.password or ""), source)


class Smpp:
    """The SMPP way. `timeout`: seconds for each answer; `whole`: for one message, from the bind to the last answer."""

    repeatable = False

    def __init__(self, server: SmppServer, *, timeout: float = 20.0, whole: float = 60.0) -> None:
        self._server, self._timeout, self._whole = server, timeout, whole

    @contextmanager
    def session(self) -> Iterator["SmppSession"]:
        """A bind that the first SMS opens."""
        session = SmppSession(self._server, self._timeout, self._whole)
        try:
            yield session
        finally:
            session.close()


class SmppSession:
    """One bind."""

    def __init__(self, server: SmppServer, timeout: float, whole: float) -> None:
        self._server, self._timeout, self._whole = server, timeout, whole
        self._client: Client | None = None
        self._answers: dict[int, int] = {}

    def send(self, sms: Sms) -> Verdict:
        """Submit one SMS and wait for its answer. Away before it is submitted, in doubt after."""
        parts, coding, _ = gsm.make_parts(sms.text)
        if len(parts) != 1:
            return Verdict(Outcome.REFUSED, "un SMS tient en une partie")
        submitted = False
        try:
            with hung_up_after(self._whole, self._line):
                sequence = self._submit(self._bound(), sms, parts[0], coding)
                submitted = True
                return _verdict(self._answer(sequence))
        except WRONG as error:
            self.close()
            if submitted:
                return Verdict(Outcome.DOUBT, f"sans réponse du fournisseur ({type(error).__name__})")
            return Verdict(Outcome.AWAY, f"{type(error).__name__}: {error}")

    def close(self) -> None:
        """Unbind, if bound, and hang up."""
        client, self._client = self._client, None
        if client is None:
            return
        with suppress(*WRONG), hung_up_after(CLOSING, lambda: client._socket):
            if client.state == consts.SMPP_CLIENT_STATE_BOUND_TX:
                client.unbind()
        with suppress(*WRONG):
            client.disconnect()

    def _line(self) -> socket.socket | None:
        return self._client._socket if self._client is not None else None

    def _bound(self) -> Client:
        if self._client is None:
            self._client = Client(
                self._server.host,
                self._server.port,
                timeout=self._timeout,
                logger_name=QUIET,
                allow_unknown_opt_params=True,
            )
            self._client.set_message_sent_handler(lambda pdu: self._note(pdu))
            self._client.set_error_pdu_handler(lambda pdu: self._note(pdu))
            self._client.connect()
            self._client.bind_transmitter(system_id=self._server.system_id, password=self._server.password)
        return self._client

    def _submit(self, client: Client, sms: Sms, text: bytes, coding: int) -> int:
        pdu = client.send_message(
            source_addr_ton=consts.SMPP_TON_ALNUM,
            source_addr=self._server.source,
            dest_addr_ton=consts.SMPP_TON_INTL,
            dest_addr_npi=consts.SMPP_NPI_ISDN,
            destination_addr=sms.recipient.lstrip("+"),
            short_message=text,
            data_coding=coding,
        )
        return int(pdu.sequence)

    def _answer(self, sequence: int) -> int:
        """The status of our own message, whatever else comes first (an enquire_link is answered on the way)."""
        end = time.monotonic() + self._timeout
        while sequence not in self._answers:
            if self._client is None or time.monotonic() > end:
                raise exceptions.ConnectionError("no answer in time")
            self._client.read_once(auto_send_enquire_link=False)
        return self._answers.pop(sequence)

    def _note(self, pdu: object) -> None:
        self._answers[int(pdu.sequence)] = int(pdu.status)  # type: ignore[attr-defined]


def _verdict(status: int) -> Verdict:
    if status == consts.SMPP_ESME_ROK:
        return Verdict(Outcome.SENT)
    words = f"SMPP {status:#x} {consts.DESCRIPTIONS.get(status, '')}"
    return Verdict(Outcome.REFUSED_FOR_NOW if status in FOR_NOW else Outcome.REFUSED, words)
