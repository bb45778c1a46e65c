"""What is ordered because of an event: one message to one person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notification.domain.kinds import MessageKind

# A unit of work that orders messages wakes the jobs that send them.
WAKE = "deliveries"


@dataclass(frozen=True)
class Order:
    """One message to one person. `context` is JSON-plain and holds no secret; `sealed` holds those it needs."""

    event_id: UUID
    kind: MessageKind
    recipient: str
    context: Mapping[str, Any]
    sealed: str | None = None
    expires_at: datetime | None = None
    reply_to: str | None = field(default=None)
