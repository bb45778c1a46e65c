"""The draft of a message: what somebody wrote to a caisse and has not sent, with the files he chose (decision 58).

One for a person and an adhérent. Nothing of it reaches the caisse before it is sent, and it expires.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.contact.domain.refusals import DraftChanged, DraftsFull

# What may be typed is the page's to say; these only bound what is kept of it, before it is a message.
OBJET_LENGTH = 1000
MESSAGE_LENGTH = 20_000
# The id of a draft that follows no other.
FIRST = UUID(int=0)


@dataclass(frozen=True)
class DraftRules:
    """How long a draft is kept after its last change, and the bytes of files that one person's drafts may hold."""

    days: int
    bytes: int

    def until(self, now: datetime) -> datetime:
        """When a draft that was changed at `now` expires."""
        return now + timedelta(days=self.days)

    def forgotten(self, now: datetime) -> datetime:
        """Ends of before that moment are remembered no more: a page that is older has no session since long."""
        return now - timedelta(days=self.days)

    def check(self, *, kept: int, added: int) -> None:
        """DraftsFull when the drafts of one person, `kept` bytes, cannot take `added` more; the exact limit passes."""
        if kept + added > self.bytes:
            raise DraftsFull


def lines(text: str) -> str:
    """A text as it is kept: a browser sends its line breaks as CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def require_same(shown: Collection[object], kept: Collection[object]) -> None:
    """DraftChanged when the files that the page showed are not those that the draft holds: no file goes unseen, and
    none that was seen stays behind."""
    if set(shown) != set(kept):
        raise DraftChanged
