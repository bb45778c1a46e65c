"""E-mails over SMTP with the standard library, one connection for a whole batch."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from services.notification.adapters.mime import Sender, message
from services.notification.domain.deliveries import Outcome, Verdict
from services.notification.domain.writing import Email

# What ends a connection, and says nothing of the message itself.
LOST = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError, OSError)


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

    def connect(self, timeout: float) -> smtplib.SMTP:
        """An open, encrypted and authenticated connection, as far as each is asked for."""
        context = ssl.create_default_context()
        if self.tls == "implicit":
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=timeout, context=context)
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=timeout)
        try:
            if self.tls == "starttls":
                client.starttls(context=context)
            if self.user:
                client.login(self.user, self.password)
        except BaseException:
            client.close()
            raise
        return client


class Smtp:
    """The SMTP way. A repeat bears the same Message-ID, so it may be sent again after a crash."""

    repeatable = True

    def __init__(self, server: SmtpServer, sender: Sender, *, timeout: float = 20.0) -> None:
        self._server = server
        self._sender = sender
        self._timeout = timeout

    @contextmanager
    def session(self) -> Iterator["SmtpSession"]:
        """A connection that is opened by the first message, and closed politely."""
        session = SmtpSession(self._server, self._sender, self._timeout)
        try:
            yield session
        finally:
            session.close()


class SmtpSession:
    """One connection, made again when the server drops it between two messages."""

    def __init__(self, server: SmtpServer, sender: Sender, timeout: float) -> None:
        self._server = server
        self._sender = sender
        self._timeout = timeout
        self._client: smtplib.SMTP | None = None

    def send(self, email: Email) -> Verdict:
        """Send one e-mail. 4xx means later, 5xx on the recipient or the content means never (FA9).

        A server may end a line after so many messages: then a fresh one is tried, once.
        """
        reused = self._client is not None
        verdict = self._try(email)
        return self._try(email) if reused and verdict.outcome is Outcome.AWAY else verdict

    def close(self) -> None:
        """Say QUIT, if there is anybody to say it to."""
        if self._client is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
        self._drop()

    def _try(self, email: Email) -> Verdict:
        try:
            self._client = self._client or self._server.connect(self._timeout)
        except (smtplib.SMTPException, OSError) as error:
            return Verdict(Outcome.AWAY, _words(error))
        verdict = _attempt(self._client, message(email, self._sender), self._sender.address, email.recipient)
        if verdict.outcome is Outcome.AWAY:
            self._drop()
        return verdict

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


def _attempt(client: smtplib.SMTP, mime: EmailMessage, sender: str, recipient: str) -> Verdict:
    try:
        client.send_message(mime, sender, [recipient])
    except smtplib.SMTPRecipientsRefused as error:
        return _refusal(*error.recipients[recipient])
    except smtplib.SMTPDataError as error:
        return _refusal(error.smtp_code, error.smtp_error)
    except smtplib.SMTPNotSupportedError as error:
        # An address with accents, and a server that knows none: no later try will differ.
        return Verdict(Outcome.REFUSED, _words(error))
    except (smtplib.SMTPException, *LOST) as error:
        # Lost line, or our own address refused: not this message's fault, and the Message-ID makes a repeat safe.
        return Verdict(Outcome.AWAY, _words(error))
    return Verdict(Outcome.SENT)


def _refusal(code: int, text: bytes | str) -> Verdict:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    if code == 421:  # the server is closing: it says so of itself, not of the message
        return Verdict(Outcome.AWAY, f"{code} {words}")
    return Verdict(Outcome.REFUSED if 500 <= code < 600 else Outcome.REFUSED_FOR_NOW, f"{code} {words}")


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"{error.smtp_code} authentication refused"  # the server's words may quote the login
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"
