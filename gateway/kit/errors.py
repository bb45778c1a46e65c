"""Error pages: what happened, what to do, the request's reference; never a detail of ours (M4, M5, M6, M15)."""

import logging
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, flash, g, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from contracts.words.messages import M3, M4, M5, M6, M11, M15
from gateway.clients.problem import UNKNOWN, Problem
from gateway.kit.access import space_of
from gateway.kit.by_script import by_script, told
from gateway.kit.drafts import Typed, keep
from gateway.kit.fate import fate_of
from gateway.kit.links import DeadLink
from gateway.kit.memory import OWNER, handle, owner_of
from gateway.kit.session import login_first, path_of, recognise
from gateway.kit.too_large import words_before_files

log = logging.getLogger(__name__)

PAGES = {
    400: ("Demande illisible", "Votre demande n'a pas pu être lue. Revenez à la page précédente et recommencez."),
    403: ("Accès refusé", M4.sentence),
    404: ("Page introuvable", M5.sentence),
    405: ("Page introuvable", M5.sentence),
    409: (
        "Action impossible",
        "Cette action n'est plus possible : la situation a changé depuis l'affichage de la page.",
    ),
    410: ("Lien non valable", M3.sentence),
    412: ("Modifié entre-temps", "Ces informations ont été modifiées depuis que vous les avez affichées."),
    413: ("Envoi trop volumineux", M11.sentence),
    422: ("Demande refusée", "Cette demande n'est pas acceptée."),
    429: ("Trop de tentatives", M6.sentence),
    500: ("Erreur inattendue", "Une erreur inattendue s'est produite. Elle a été enregistrée."),
    503: ("Service indisponible", M15.sentence),
}
FORM_AGAIN = "Ce formulaire n'était plus valable : rien n'a été enregistré. Vérifiez-le, puis validez de nouveau."
TOO_LARGE = f"Vos fichiers ne sont pas envoyés : {M11.sentence} Choisissez-en d'autres."
OF_SOMEBODY_ELSE = (
    "Cette page a été ouverte par {}. Vous êtes maintenant connecté en tant que {} : rien n'a été enregistré."
    " Rechargez la page pour continuer avec votre compte."
)
# What a script is told beside the sentence, where no service said a code.
CODES = {
    400: "demande_illisible",
    403: M4.slug,
    404: M5.slug,
    405: M5.slug,
    413: M11.slug,
    429: M6.slug,
    500: "erreur_inattendue",
    503: M15.slug,
}
FORM_DIED = "La page était ouverte depuis trop longtemps. Revenez à la page précédente, rechargez-la et recommencez."


def handle_errors(app: Flask) -> None:
    """Every exception becomes one of the pages above."""
    app.register_error_handler(Problem, _refused)
    app.register_error_handler(DeadLink, _dead)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def error_page(
    status: int, *, title: str = "", detail: str = "", retry_after: str | None = None, code: str = "", back: str = ""
) -> Response:
    """One error page, with the request's reference and, when it helps, how long to wait and the page to go back to;
    to a script, its code and its sentence."""
    if by_script():
        usual = PAGES.get(status, PAGES[400 if status < 500 else 500])[1]
        return told(status, code or CODES.get(status, "demande_refusee"), detail or usual)
    if status < 500:
        with suppress(Problem):  # the bars say who is there, and where
            if recognise() and request.endpoint is None:
                g.space = space_of(request.path)
    usual_title, usual_detail = PAGES.get(status, PAGES[400 if status < 500 else 500])
    page = render_template(
        "erreur.html", status=status, titre=title or usual_title, detail=detail or usual_detail, retour=back
    )
    response = make_response(page, status)
    if retry_after:
        response.headers["Retry-After"] = retry_after
    return response


def _refused(problem: Problem) -> Any:
    if problem.status == 401:
        return login_first()
    detail = "" if problem.status in (404, 403) else problem.detail
    if by_script():
        said = " ".join(one.message for one in problem.errors) or detail
        return error_page(problem.status, detail=said, code=problem.code)
    title = "Résultat inconnu" if problem.lost and problem.detail == UNKNOWN else ""
    return error_page(problem.status, title=title, detail=detail, retry_after=problem.retry_after)


def _dead(error: DeadLink) -> Any:
    return render_template("lien_mort.html", lien=error.purpose, ici=error.handle, devenu=fate_of(error)), 410


def _forged(error: CSRFError) -> Any:
    """A form of another time: its person goes on from the page that holds it, as it was typed; somebody else is told
    both names."""
    log.warning("csrf refused on %s: %s", request.path, error.description)
    if by_script():
        return error_page(403, detail=FORM_DIED, code="formulaire_expire")
    back, made_for = path_of(request.referrer), owner_of(request.form.get(OWNER, ""))
    if back is None or made_for is None:
        return error_page(403, title="Formulaire expiré", detail=FORM_DIED, code="formulaire_expire", back=back or "")
    if not recognise():
        return login_first()
    if made_for.handle != handle():
        names = made_for.name, f"{g.person.prenom} {g.person.nom}"
        return error_page(409, title="Autre personne connectée", detail=OF_SOMEBODY_ELSE.format(*names), back=back)
    keep(urlsplit(back).path, request.form)
    flash(FORM_AGAIN, "avertissement")
    return redirect(back, 303)


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code == 413 and not by_script() and (again := _typed_again(words_before_files())):
        return again
    response = error_page(error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _typed_again(typed: Typed) -> Any:
    """The page that a form too large came from, as it was typed but for its files; None where nobody is known to it."""
    back, made_for = path_of(request.referrer), owner_of(typed.get(OWNER, ""))
    if back is None or made_for is None or not recognise() or made_for.handle != handle():
        return None
    keep(urlsplit(back).path, typed)
    flash(TOO_LARGE, "avertissement")
    return redirect(back, 303)


def _unexpected(error: Exception) -> Response:
    log.exception("page failed (request %s)", g.get("request_id"), exc_info=error)
    return error_page(500)
