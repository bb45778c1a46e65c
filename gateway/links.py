"""Links of the mails: the token leaves the address at once for a short-lived signed cookie; a GET never acts (AA9)."""

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


def take(purpose: str, token: str) -> Response:
    """Keep the token for the form of its purpose, and show that form at an address without secret."""
    response = redirect(url_for(PAGES[purpose]), 303)
    lifetime = current_app.config["LINK_SECONDS"]
    sealed = _serializer(purpose).dumps(token)
    response.set_cookie(
        _cookie(purpose), sealed, max_age=lifetime, path="/", secure=True, httponly=True, samesite="Lax"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def kept(purpose: str) -> str:
    """The token of the link followed last for this purpose; empty when there is none."""
    try:
        sealed = request.cookies.get(_cookie(purpose), "")
        return str(_serializer(purpose).loads(sealed, max_age=current_app.config["LINK_SECONDS"]))
    except BadSignature:
        return ""


def drop(purpose: str, response: Response) -> Response:
    """The link was used: forget it."""
    response.delete_cookie(_cookie(purpose), path="/", secure=True, httponly=True, samesite="Lax")
    return response


def _cookie(purpose: str) -> str:
    return f"__Host-lien-{purpose}"


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"lien-{purpose}")
