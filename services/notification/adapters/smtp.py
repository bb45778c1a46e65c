"""E-mails over SMTP with the standard library, one connection for a whole batch."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from backbone.deadline import hung_up_after
from services.notification.domain.deliveries import Outcome, Verdict
from services.notification.domain.writing import Letter

# What ends a connection, and says nothing of the message itself.
LOST = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError, OSError)
CLOSING = 5.0  # seconds for a good-bye
HOST = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
# Enhanced codes of what passes: any 4.x.x, and 5.2.2, « mailbox full ». At the beginning of a line of the answer.
PASSING_CODE = re.compile(r"^\s*#?(?:4\.\d{1,3}\.\d{1,3}|5\.2\.2)(?!\d)", re.MULTILINE)
PASSING_WORDS = re.compile(
    r"try (?:it |again |sending )*(?:again|later)|(?:mail)?box (?:is )?full|(?:over|exceed\w*)[ -](?:\w+ )?quota"
    r"|quota exceeded|temporar(?:y|ily)|greylist|r[ée]essayer? plus tard",
    re.IGNORECASE,
)


def greeting(host: str) -> str:
    """`host` as EHLO says it (RFC 5321 section 4.1.1.1). ValueError when it is neither a name nor an IP address."""
    with suppress(ValueError):
        address = ip_address(host.strip("[]"))
        return f"[{'IPv6:' if address.version == 6 else ''}{address}]"
    if not HOST.fullmatch(host):
        raise ValueError("the name of EHLO is a host's")
    return host


@dataclass(frozen=True)
class SmtpServer:
    """Where and how to connect. `tls`: none, starttls or implicit."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, url: str) -> "SmtpServer":
        """From `smtp://user:password@host:port?tls=starttls` or `smtps://…`. ValueError when it is neither."""
        parts = urlsplit(url)
        implicit = parts.scheme == "smtps"
        tls = "implicit" if implicit else parse_qs(parts.query).get("tls", ["none"])[0]
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or tls not in ("none", "starttls", "implicit"):
            raise ValueError("an SMTP address reads smtp://host:port, with ?tls=starttls or as smtps://")
        port = parts.port or (465 if implicit else 587 if tls == "starttls" else 25)
        return cls(parts.hostname, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))

    def client(self, timeout: float, helo: str) -> smtplib.SMTP:
        """A client that is not connected yet. It waits `timeout` seconds for each answer, and greets as `helo`."""
        client: smtplib.SMTP = (
            smtplib.SMTP_SSL(local_hostname=helo, timeout=timeout, context=ssl.create_default_context())
            if self.tls == "implicit"
            else smtplib.SMTP(local_hostname=helo, timeout=timeout)
        )
        client._host = self.host  # type: ignore[attr-defined]  # whose certificate is asked for; only __init__ sets it
        return client

    def connect(self, client: smtplib.SMTP) -> None:
        """Connect, encrypt and authenticate, as far as each is asked for."""
        code, words = client.connect(self.host, self.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        if self.tls == "starttls":
            client.starttls(context=ssl.create_default_context())
        if self.user:
            client.login(self.user, self.password)


class Smtp:
    """The SMTP way. A repeat bears the same Message-ID, so it may be sent again after a crash.

    `timeout`: seconds for each answer; `whole`: seconds for one message, from the connection to the last answer.
    """

    repeatable = True

    def __init__(self, server: SmtpServer, *, helo: str, timeout: float = 20.0, whole: float = 60.0) -> None:
        self._server, self._helo, self._timeout, self._whole = server, helo, timeout, whole

    @contextmanager
    def session(self) -> Iterator["SmtpSession"]:
        """A connection that is opened by the first message, and closed politely."""
        session = SmtpSession(self._server, self._helo, self._timeout, self._whole)
        try:
            yield session
        finally:
            session.close()


class SmtpSession:
    """One connection, made again when the server drops it between two messages."""

    def __init__(self, server: SmtpServer, helo: str, timeout: float, whole: float) -> None:
        self._server, self._helo, self._timeout, self._whole = server, helo, timeout, whole
        self._client: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> Verdict:
        """Send one e-mail. A refusal of the recipient or the content is for now or for ever (FA9): see `refusal`.

        A server may end a line after so many messages: then a fresh one is tried, once. One that keeps answering and
        never comes to the end is hung up when the time of the whole is over.
        """
        reused = self._client is not None
        with hung_up_after(self._whole, self._line) as over:
            verdict = self._try(letter)
            if reused and verdict.outcome is Outcome.AWAY and not over.is_set():
                verdict = self._try(letter)
        if not over.is_set():
            return verdict
        # Whatever was understood is of a line cut short: smtplib takes « 2 » for an answer. A repeat does no harm.
        self._drop()
        return Verdict(Outcome.OVERDUE, f"pas terminé en {self._whole:g} s")

    def close(self) -> None:
        """Say QUIT, if there is anybody to say it to."""
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError), hung_up_after(CLOSING, self._line):
                self._client.quit()
        self._drop()

    def _line(self) -> socket.socket | None:
        return self._client.sock if self._client is not None else None

    def _try(self, letter: Letter) -> Verdict:
        if self._client is None:
            self._client = self._server.client(self._timeout, self._helo)
            try:
                self._server.connect(self._client)
            except (smtplib.SMTPException, OSError) as error:
                self._drop()
                return Verdict(Outcome.AWAY, _words(error))
        verdict = _attempt(self._client, letter)
        if verdict.outcome is Outcome.AWAY:
            self._drop()
        return verdict

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def _attempt(client: smtplib.SMTP, letter: Letter) -> Verdict:
    try:
        client.sendmail(letter.sender, [letter.recipient], letter.content)
    except smtplib.SMTPRecipientsRefused as error:
        return refusal(*error.recipients[letter.recipient])
    except smtplib.SMTPDataError as error:
        return refusal(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, *LOST) as error:
        # Lost line, or our own address refused: not this message's fault, and the Message-ID makes a repeat safe.
        return Verdict(Outcome.AWAY, _words(error))
    return Verdict(Outcome.SENT)


def refusal(code: int, text: bytes | str) -> Verdict:
    """What a server's no means. The first digit alone is not believed: a full mailbox, a temporary enhanced code or
    words that ask to come back are « for now », whatever stands before them (RFC 3463, K11)."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if code == 421:  # the server is closing: it says so of itself, not of the message
        return Verdict(Outcome.AWAY, f"{code} {words}")
    for_now = not 500 <= code < 600 or PASSING_CODE.search(words) or PASSING_WORDS.search(words)
    return Verdict(Outcome.REFUSED_FOR_NOW if for_now else Outcome.REFUSED, f"{code} {words}")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code} authentication refused"  # the server's words may quote the login
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"
