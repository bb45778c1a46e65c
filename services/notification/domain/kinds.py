"""What is known of a message before it is written: what triggers it, who reads it, how soon, where its button leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from contracts.words.preferences import Subject


class Medium(StrEnum):
    """How a message reaches its reader."""

    EMAIL = "email"
    SMS = "sms"


class Urgency(IntEnum):
    """Who goes first: somebody waits before a screen for an AWAITED message, nobody counts on the hour of a COPY.

    Contact mail comes last, so that a flood of it never delays an activation.
    """

    AWAITED = 0
    LINK = 1
    NOTICE = 2
    COPY = 3


@dataclass(frozen=True)
class MessageKind:
    """One message: its folder, what triggers it and who reads it. `event` None: the clock does.

    `link` is the path, on the pages, of its one button; `{token}` in it is a secret known only once opened.
    `margin` is how long before the end of its validity it is no longer worth sending (FA10).
    `stops`: what one may choose not to be written about by it. Its mail says where, and carries the header for it.
    `gained`: what its words are given since the version before, and what that means for a message that one ordered.
    `told_by` is the field of the event that tells one act from the next; without it, the event's subject and sequence.
    """

    name: str
    medium: Medium
    event: str | None
    urgency: Urgency
    reader: str
    link: str | None = None
    margin: timedelta = timedelta(0)
    told_by: str | None = None
    stops: Subject | None = None
    gained: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not (self.name and self.event != "" and self.reader):
            raise ValueError("a message needs a name, the event that triggers it and a reader")

    def fact(self, subject: str, sequence: int, data: Mapping[str, Any]) -> str:
        """What this message tells, under whatever id its event comes: written once to each reader (FA11)."""
        if self.told_by is None:
            return f"{subject}:{sequence}"
        value = data[self.told_by]
        return value.isoformat() if isinstance(value, datetime) else str(value)


def email(
    name: str,
    event: str | None,
    urgency: Urgency,
    reader: str,
    link: str | None = None,
    *,
    told_by: str | None = None,
    stops: Subject | None = None,
    gained: Mapping[str, Any] | None = None,
) -> MessageKind:
    """The kind of an e-mail."""
    return MessageKind(
        name, Medium.EMAIL, event, urgency, reader, link, told_by=told_by, stops=stops, gained=gained or {}
    )
