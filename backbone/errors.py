"""Refusals: what a rule says when it says no. Pure standard library, so that every domain may import it.

`slug` is the stable word for programs, `detail` the French sentence for people, the family decides the HTTP status
(conventions C1, C2). A refusal without a slug cannot be defined.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import ClassVar

REQUIRED = "Ce champ est obligatoire."
UNEXPECTED = "Ce champ n'est pas attendu."
INCORRECT = "Certaines informations sont incorrectes."


@dataclass(frozen=True)
class FieldError:
    """One field that is wrong: its name, a stable code, a French message."""

    field: str
    code: str
    message: str


class Refused(Exception):
    """Base of every refusal. A subclass declares `slug` and `detail`; an instance may refine `detail` and `field`."""

    status: ClassVar[int] = 422
    slug: ClassVar[str]
    detail: str = ""
    field: str | None = None

    def __init__(
        self,
        detail: str | None = None,
        *,
        field: str | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if detail is not None:
            self.detail = detail
        if field is not None:
            self.field = field
        self.errors = tuple(errors) or self._own_error()
        self.headers = dict(headers or {})
        super().__init__(self.detail)

    def __init_subclass__(cls, family: bool = False) -> None:
        super().__init_subclass__()
        if not family and not getattr(cls, "slug", ""):
            raise TypeError(f"{cls.__name__} needs a slug")

    def _own_error(self) -> tuple[FieldError, ...]:
        return (FieldError(self.field, self.slug, self.detail),) if self.field else ()


class Malformed(Refused, family=True):
    """The request cannot be read at all."""

    status = 400


class Unauthenticated(Refused, family=True):
    """No session or token, or a dead one."""

    status = 401


class Forbidden(Refused, family=True):
    """Known person, own adhérent, missing right."""

    status = 403


class Missing(Refused, family=True):
    """Unknown, or somebody else's: the same bytes for both."""

    status = 404


class Conflict(Refused, family=True):
    """The state does not allow it, or somebody already did it."""

    status = 409


class Gone(Refused, family=True):
    """A dead link, whatever killed it."""

    status = 410


class Stale(Refused, family=True):
    """The version the caller saw is not the current one."""

    status = 412


class TooLarge(Refused, family=True):
    """More bytes than a limit allows."""

    status = 413


class Invalid(Refused, family=True):
    """Well-formed, and refused by a rule."""

    status = 422


class VersionRequired(Refused, family=True):
    """A change without the version it is based on."""

    status = 428


class TooMany(Refused, family=True):
    """Too many attempts; `Retry-After` says when to come back."""

    status = 429


class Unavailable(Refused, family=True):
    """A resource the service needs is away for now."""

    status = 503


def retry_after(wait: timedelta, *, at_least: int = 1) -> dict[str, str]:
    """The header that says when to come back: in whole seconds, never too early, at least `at_least` (RFC 9110)."""
    return {"Retry-After": str(max(at_least, ceil(wait.total_seconds())))}


class Illegible(Malformed):
    """Bytes that are no request: no JSON, no form, cut short, no UTF-8, a NUL in a text (C2)."""

    slug = "illisible"
    detail = "La requête est illisible."


class AccessRefused(Forbidden):
    """The function is not among the caller's rights (M4)."""

    slug = "acces_refuse"
    detail = "Vous n'avez pas accès à cette fonctionnalité."


class ReauthenticationNeeded(Forbidden):
    """The password was given more than five minutes ago (C8)."""

    slug = "reauthentification_requise"
    detail = "Pour votre sécurité, saisissez de nouveau votre mot de passe."


class NotFound(Missing):
    """Unknown id, or an object of another adhérent (M5, AA22)."""

    slug = "introuvable"
    detail = "Page ou élément introuvable."


class NotSignedIn(Unauthenticated):
    """No token, or a token that is expired, forged, or of a revoked session."""

    slug = "non_authentifie"
    detail = "Votre session a expiré. Reconnectez-vous."


class KeyReused(Invalid):
    """An Idempotency-Key that came with another request before (C3)."""

    slug = "cle_idempotence_reutilisee"
    detail = "Cette clé d'idempotence a déjà servi pour une autre demande."


class TriedTooOften(TooMany):
    """A limit was met, of a person, an address or a device (M6)."""

    slug = "trop_de_tentatives"
    detail = "Trop de tentatives. Réessayez plus tard."


class StoreAway(Unavailable):
    """The database does not answer (M15)."""

    slug = "service_indisponible"
    detail = "Service momentanément indisponible. Réessayez dans quelques instants."
