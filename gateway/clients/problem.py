"""What a service answers when it says no: an RFC 9457 problem, with the French sentence to show (C1)."""

from dataclasses import dataclass

from backbone.errors import FieldError, StoreAway


@dataclass
class Problem(Exception):
    """A refusal by a service. `status` 503 also stands for a service that does not answer."""

    status: int
    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    retry_after: str | None = None
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.status} {self.code}"


def away(reference: str = "") -> Problem:
    """The service does not answer, or answers something that is not its contract (M15)."""
    return Problem(503, StoreAway.slug, StoreAway.detail, retry_after="5", reference=reference)
