"""Links of the mails: the token leaves the address at once; the page's own address says which link it is about.

The browser keeps each token in a cookie of its own, named after the handle in the address (docs/decisions/0020): a form
acts on the link its page shows, whatever was opened since in another tab. A GET never acts (AA9).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hmac import new as hmac

from flask import current_app, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from gateway.clients import once
from gateway.clients.problem import Problem

PAGES = {
    "invitation": "ouverture.page",
    "reinitialisation": "reinitialisation.page",
    "identifiant": "identifiant.activation",
    "annulation": "identifiant.undoing",
    "certification": "certification.page",
    "dossier": "dossier.page",
}
HANDLE = "<string(length=16):link>"  # in the routes of these pages
LONGEST = 128  # of a token we made; a longer one is not ours
LIVE = 8  # links that one browser keeps at a time
PRESSED_TWICE = 60  # seconds in which the form that used a link may be sent once more
DEAD = (400, 410, 422)  # and 401, by which contact says that it does not know the token of a file
# Whoever asks typed no address and is told nothing of an account: whether a new link left, its mailbox alone says.
RENEWED = (
    "Si le lien précédent attendait encore une réponse, un nouveau lien vient d'être envoyé"
    " à l'adresse qui l'avait reçu."
)
_COOKIE = "__Host-lien-"


class DeadLink(Exception):
    """A link that opens nothing. `handle`: of one that its owner says is dead, for which a new one may be asked."""

    def __init__(self, purpose: str, handle: str = "") -> None:
        super().__init__(purpose)
        self.purpose, self.handle = purpose, handle


class NotHere(DeadLink):
    """This browser holds no such link: never opened here, used, put aside for newer ones, or too old for it."""


def take(purpose: str, token: str) -> Response:
    """Keep the token under a handle that tells nothing of it, and show its form at the address with that handle."""
    handle = _handle(purpose, token)
    response = redirect(url_for(PAGES[purpose], link=handle), 303)
    for old in _oldest(handle):
        _forget(response, old)
    _keep(response, handle, current_app.config["LINK_SECONDS"], purpose, token[:LONGEST])
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def kept(purpose: str, handle: str) -> str:
    """The token of the link with that handle. NotHere when this browser holds none, or used it by another form.

    The browser forgets it after its minutes; whether the link is still good is its owner's to say, by his clock. The
    clock of this machine, which another gateway's may differ from, takes no part.
    """
    try:
        sealed = request.cookies.get(f"{_COOKIE}{handle}", "")
        of, token, *by = _serializer().loads(sealed)
    except (BadSignature, ValueError, TypeError):
        raise NotHere(purpose) from None
    if of != purpose or by not in ([], [once.carried()]):
        raise NotHere(purpose)
    return str(token)


@contextmanager
def followed(purpose: str, handle: str) -> Iterator[str]:
    """What is done with the token of a link, which is given.

    Raises DeadLink (its page, M3) when this browser holds none, or when its owner says of it that it is dead; Problem:
    what he says else.
    """
    token = kept(purpose, handle)
    try:
        yield token
    except Problem as problem:
        if problem.status not in DEAD and not (problem.status == 401 and purpose == "dossier"):
            raise
        raise DeadLink(purpose, handle) from problem


def drop(purpose: str, handle: str, response: Response) -> Response:
    """The link was used: forget it, and no other.

    The form that used it may be on its way a second time, or be pressed until the next page is there: to that form,
    which its key names, the link is kept a little longer, so that it gets the answer of the first press (C3).
    """
    if key := once.carried():
        _keep(response, handle, PRESSED_TWICE, purpose, kept(purpose, handle), key)
    else:
        _forget(response, f"{_COOKIE}{handle}")
    return response


def _keep(response: Response, handle: str, seconds: int, *sealed: str) -> None:
    name, value = f"{_COOKIE}{handle}", _serializer().dumps(sealed)
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="Lax")


def _oldest(handle: str) -> list[str]:
    """The cookies to put aside so that with the new one there are no more than LIVE; unreadable ones go first."""
    others = [name for name in request.cookies if name.startswith(_COOKIE) and name != f"{_COOKIE}{handle}"]
    return sorted(others, key=_age_key)[: max(0, len(others) - LIVE + 1)]


def _age_key(name: str) -> float:
    try:
        _, at = _serializer().loads(request.cookies[name], return_timestamp=True)
    except BadSignature:
        return 0.0
    return float(at.timestamp())


def _forget(response: Response, cookie: str) -> None:
    response.delete_cookie(cookie, path="/", secure=True, httponly=True, samesite="Lax")


def _handle(purpose: str, token: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac(key, f"lien {purpose} {token}".encode(), "sha256").hexdigest()[:16]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="lien")
