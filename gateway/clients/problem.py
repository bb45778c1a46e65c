"""What a service answers when it says no: an RFC 9457 problem, with the French sentence to show (C1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backbone.errors import FieldError, KeyReused, StoreAway
from contracts.words.messages import SESSION_OVER

UNKNOWN = (
    "La réponse du service s'est perdue : nous ne savons pas si votre demande est enregistrée. Actualisez cette page :"
    " la même demande est envoyée de nouveau, sans risque qu'elle soit faite deux fois."
)
SPENT = (
    "Ce formulaire a déjà été envoyé avec d'autres informations, et cet envoi est enregistré. Vérifiez la situation"
    " actuelle avant de recommencer."
)


@dataclass
class Problem(Exception):
    """A refusal by a service. `status` 503 also stands for a service that does not answer."""

    status: int
    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    retry_after: str | None = None
    reference: str = ""
    lost: bool = False  # the answer: nobody knows whether the service did what was asked

    def __str__(self) -> str:
        return f"{self.status} {self.code}"


@contextmanager
def unless(*statuses: int) -> Iterator[None]:
    """Do what is inside, and go on without it when a service refuses it with one of `statuses`.

    Raises Problem: any other refusal.
    """
    try:
        yield
    except Problem as problem:
        if problem.status not in statuses:
            raise


def away(reference: str = "") -> Problem:
    """The service does not answer, or answers something that is not its contract (M15)."""
    return Problem(503, StoreAway.slug, StoreAway.detail, retry_after="5", reference=reference)


def unknown(session_over: bool = False) -> Problem:
    """Asked twice, and no answer came back: it may be done, and asking again with the same form is harmless.

    `session_over`: the second time the session was not known any more, which what was asked may have ended.
    """
    code = SESSION_OVER.slug if session_over else "resultat_inconnu"
    return Problem(503, code, UNKNOWN, retry_after="5", lost=True)


def spent(reference: str = "") -> Problem:
    """The form was sent before with other content, and that was done: what a reused key means to a person."""
    return Problem(422, KeyReused.slug, SPENT, reference=reference)
