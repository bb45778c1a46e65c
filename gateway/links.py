"""Links of the mails: the token leaves the address at once; the page's own address says which link it is about.

The browser keeps each token in a cookie of its own, named after the handle in the address (docs/decisions/0020): a form
acts on the link its page shows, whatever was opened since in another tab. A GET never acts (AA9).
"""

from hmac import new as hmac

from flask import current_app, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

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
_COOKIE = "__Host-lien-"


class NotHere(Exception):
    """This browser holds no such link: never opened here, used, put aside for newer ones, or too old."""

    def __init__(self, purpose: str) -> None:
        super().__init__(purpose)
        self.purpose = purpose


def take(purpose: str, token: str) -> Response:
    """Keep the token under a handle that tells nothing of it, and show its form at the address with that handle."""
    handle = _handle(purpose, token)
    response = redirect(url_for(PAGES[purpose], link=handle), 303)
    for old in _oldest(handle):
        _forget(response, old)
    sealed = _serializer().dumps([purpose, token[:LONGEST]])
    lifetime = current_app.config["LINK_SECONDS"]
    response.set_cookie(
        f"{_COOKIE}{handle}", sealed, max_age=lifetime, path="/", secure=True, httponly=True, samesite="Lax"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def kept(purpose: str, handle: str) -> str:
    """The token of the link with that handle. NotHere when this browser does not hold it."""
    try:
        sealed = request.cookies.get(f"{_COOKIE}{handle}", "")
        of, token = _serializer().loads(sealed, max_age=current_app.config["LINK_SECONDS"])
    except (BadSignature, ValueError, TypeError):
        raise NotHere(purpose) from None
    if of != purpose:
        raise NotHere(purpose)
    return str(token)


def drop(handle: str, response: Response) -> Response:
    """The link was used: forget it, and no other."""
    _forget(response, f"{_COOKIE}{handle}")
    return response


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
