"""What a message looks like when it is written and ready to leave, and the headers that are refused."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.rules.addresses import plain_address
from contracts.rules.headers import one_line
from contracts.rules.invisible import trimmed
from services.notification.domain.refusals import AddressRefused, HeaderRefused

PLAIN_ADDRESS = re.compile(r"https?://[!#-;=?-~]+")  # no space, no quote, no angle bracket
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


def header(text: str) -> str:
    """`text`, if it may stand in a header. HeaderRefused otherwise."""
    if not text.strip() or not one_line(text):
        raise HeaderRefused
    return text


def address(text: str) -> str:
    """`text`, if it is one bare address, as it travels: no name, no list, no line break. AddressRefused otherwise."""
    if not text.isascii() or plain_address(text) is None or trimmed(text) != text:
        raise AddressRefused
    return text


@dataclass(frozen=True)
class Email:
    """The words of an e-mail. Its constructor refuses what could forge a header.

    `stop`: the address that stops such mails by one POST (RFC 8058).
    """

    delivery_id: UUID
    recipient: str
    subject: str
    text: str
    html: str
    reply_to: str | None
    ordered_at: datetime
    stop: str | None = None

    def __post_init__(self) -> None:
        address(self.recipient)
        header(self.subject)
        if self.stop is not None and (not self.stop.isascii() or not PLAIN_ADDRESS.fullmatch(self.stop)):
            raise HeaderRefused
        if self.reply_to is not None:
            address(self.reply_to)


@dataclass(frozen=True)
class Letter:
    """An e-mail ready to leave: its envelope, and its bytes, which were read back."""

    delivery_id: UUID
    sender: str
    recipient: str
    content: bytes
    ordered_at: datetime


@dataclass(frozen=True)
class Sms:
    """An SMS ready to leave, to one international number."""

    delivery_id: UUID
    recipient: str
    text: str
    ordered_at: datetime

    def __post_init__(self) -> None:
        if not NUMBER.fullmatch(self.recipient):
            raise AddressRefused
