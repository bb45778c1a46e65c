"""An e-mail as it travels, byte for byte ours: headers, text part, HTML part; and read back before it may leave."""

import re
from datetime import datetime
from email.utils import format_datetime

from services.notification.adapters.read_back import Part, Unreadable, read_back
from services.notification.domain.headers import mailbox_header, text_header
from services.notification.domain.refusals import AddressRefused, HeaderRefused, MessageAltered
from services.notification.domain.writing import Email, Letter

NAMED = re.compile(r"\s*\"?(?P<name>[^<>\"]*?)\"?\s*<(?P<address>[^<>]+)>\s*")
LONGEST_LINE = 76
HTML, TEXT = 'text/html; charset="utf-8"', 'text/plain; charset="utf-8"'
CODING = "quoted-printable"
# How each octet is written in quoted-printable (RFC 2045 section 6.7).
OCTETS = [
    chr(one) if (32 <= one <= 126 and one != ord("=")) or one == ord("\t") else f"={one:02X}" for one in range(256)
]


class Sender:
    """Who the e-mails come from: « Votre caisse CIBTP <ne-pas-repondre@…> »."""

    def __init__(self, text: str) -> None:
        """From the setting. ValueError when it is not an address, with or without a name before it."""
        found = NAMED.fullmatch(text)
        self.name = found["name"] if found else ""
        self.address = found["address"] if found else text.strip()
        self.domain = self.address.rpartition("@")[2]
        try:
            self.header = mailbox_header("From", self.address, self.name)
        except (AddressRefused, HeaderRefused):
            raise ValueError("the sender is an address, with or without a name before it") from None
        self.written = f"{self.name} <{self.address}>" if self.name else self.address


def compose(email: Email, sender: Sender) -> Letter:
    """The message, the same bytes each time. Its Message-ID is the delivery's, by which a repeat is recognised (FA8).

    MessageAltered when the finished bytes do not say what was written; HeaderRefused and AddressRefused before that.
    """
    boundary = f"=_{email.delivery_id.hex}"  # « =_ » is in no text in quoted-printable
    fixed = _fixed_headers(email, sender, boundary)
    fixed |= _stop_headers(email)
    written = {"From": sender.written, "To": email.recipient, "Subject": email.subject, **fixed}
    lines = [sender.header, mailbox_header("To", email.recipient), text_header("Subject", email.subject)]
    lines += [f"{name}: {value}" for name, value in fixed.items()]
    if email.reply_to:
        written["Reply-To"] = email.reply_to
        lines.append(mailbox_header("Reply-To", email.reply_to))
    parts = [Part(TEXT, _unix(email.text)), Part(HTML, _unix(email.html))]
    lines.append("")
    for part in parts:
        lines += [f"--{boundary}", f"Content-Type: {part.type}", f"Content-Transfer-Encoding: {CODING}"]
        lines += ["", *_quoted_printable(part.text)]
    content = "\r\n".join([*lines, f"--{boundary}--", ""]).encode("ascii")
    _prove(content, written, parts)
    return Letter(email.delivery_id, sender.address, email.recipient, content, email.ordered_at)


def _fixed_headers(email: Email, sender: Sender, boundary: str) -> dict[str, str]:
    return {
        "Date": _instant(email.ordered_at),
        "Message-ID": f"<{email.delivery_id}@{sender.domain}>",
        # RFC 3834: no out-of-office answers to us; the second header is what Exchange understands.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": "fr",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="{boundary}"',
    }


def _stop_headers(email: Email) -> dict[str, str]:
    """One click stops such mails, without opening one (RFC 8058). The server that signs with DKIM covers both."""
    if email.stop is None:
        return {}
    return {"List-Unsubscribe": f"<{email.stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _prove(content: bytes, written: dict[str, str], parts: list[Part]) -> None:
    try:
        read = read_back(content)
    except Unreadable as error:
        raise MessageAltered from error
    if read.headers != written or read.parts != parts:
        raise MessageAltered


def _instant(at: datetime) -> str:
    return format_datetime(at)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _quoted_printable(text: str) -> list[str]:
    """The lines of `text`: seven bits whatever the server can take, and of a length that none refuses (RFC 2045)."""
    return [piece for line in text.split("\n") for piece in _folded([OCTETS[octet] for octet in line.encode()])]


def _folded(octets: list[str]) -> list[str]:
    if octets and octets[-1] in (" ", "\t"):  # a blank at the end of a line is lost on the way
        octets = [*octets[:-1], f"={ord(octets[-1]):02X}"]
    lines, line = [], ""
    for octet in octets:
        if len(line) + len(octet) >= LONGEST_LINE:
            lines.append(f"{line}=")
            line = ""
        line += octet
    return [*lines, line]
