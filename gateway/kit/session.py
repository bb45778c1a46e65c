"""The opaque session cookie: the browser holds an id, each page exchanges it for a short token (C7).

That token never leaves the gateway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Response,
    after_this_request,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from contracts.rules.addresses import canonical_address
from contracts.rules.written import hour
from contracts.words import messages
from gateway.clients import clients
from gateway.clients.once import carried
from gateway.clients.problem import Problem
from gateway.kit.browser import browser_token, carry
from gateway.kit.by_script import by_script, told
from gateway.kit.drafts import keep_refused
from gateway.kit.fields import Hidden
from gateway.kit.forms import Form
from gateway.kit.today import seconds_until

COOKIE = "__Host-session"
SESSION_OVER = messages.SESSION_OVER.sentence


def signed_in(page: Callable[..., Any], again: Callable[[str], Any] | None = None) -> Callable[..., Any]:
    """Who may enter: a person with a live session. Others are sent to the login page, then back (AA20).

    `again`: for a form that ends the session which sends it; it is asked, with that session, what became of a form that
    was sent before (C3), and answers None when nothing did.
    """

    @wraps(page)
    def entered(*args: Any, **kwargs: Any) -> Any:
        if not recognise():
            told = again(_opaque()) if again and _opaque() and carried() else None
            return told or login_first()
        return page(*args, **kwargs)

    entered.who = "signed_in"  # type: ignore[attr-defined]
    return entered


def public(page: Callable[..., Any]) -> Callable[..., Any]:
    """Who may enter: anybody."""
    page.who = "public"  # type: ignore[attr-defined]
    return page


def recognise() -> bool:
    """Exchange the cookie for this page's token: `g.token` and `g.person`. False when there is no live session.

    A form that ended that very id itself, and whose answer was lost, goes on with the one that it made: `g.turned`.
    """
    if "person" in g:
        return True
    opaque = _opaque()
    if not opaque:
        return False
    try:
        token = clients().identity.token(opaque)
    except Problem as problem:
        if problem.status in (401, 422, 400):
            return False
        raise
    g.token, g.person, g.session_expires_at = token.access_token, token.account, token.session_expires_at
    if token.session:
        g.turned = token.session
        _hand_over(token.session)
    return True


@dataclass(frozen=True)
class Left:
    """How long the session lives on when nothing is done: the seconds, and the hour in Paris."""

    seconds: int
    until: str


def session_left() -> Left | None:
    """For the person of this page; None for nobody, and while identity does not say it."""
    ends = g.get("session_expires_at")
    return Left(seconds_until(ends), hour(ends)) if ends else None


def recognised() -> bool:
    """The same for a page that holds while identity is away: then there is nobody."""
    try:
        return recognise()
    except Problem:
        return False


def login_first() -> AnyResponse:
    """To the login page; a GET comes back here afterwards, a POST to the page that holds its form, as it was typed
    (`drafts.py`).

    A script is told that the session is over, and its page stays.
    """
    if by_script():
        return told(401, messages.SESSION_OVER.slug, SESSION_OVER)
    if _opaque():
        flash(SESSION_OVER, "avertissement")
    back = request.full_path.rstrip("?") if request.method == "GET" else path_of(request.referrer)
    if back and request.method == "POST":
        keep_refused(urlsplit(back).path)
    target = url_for("connexion.page", suite=back or None)
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": target})
    return forget(redirect(target))


def remember(response: AnyResponse, opaque: str) -> AnyResponse:
    """Hand the session's id to the browser, and nothing else."""
    response.set_cookie(COOKIE, opaque, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def forget(response: AnyResponse) -> AnyResponse:
    """Take the session's id back from the browser."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


class Leaving(Form):
    """« Se déconnecter », and where to go on."""

    suite = Hidden(sent=False)


def somebody_else(recipient: str, status: int = 200) -> Any:
    """The page behind a link, for somebody logged in with another account than the one it was sent to."""
    form = Leaving.blank(suite=request.path)
    return render_template("autre_personne.html", destinataire=recipient, form=form), status


def begin(email: str, mot_de_passe: str, suite: str | None) -> AnyResponse:
    """Log in: a new session id whatever cookie came in (AA19), then to `suite`, the page first asked for. Raises
    Problem."""
    browser = browser_token()
    opened = clients().identity.sign_in(email, mot_de_passe, browser)
    if former := _opaque():
        _end(former)
    session.clear()
    response = remember(redirect(local_path(suite) or url_for("choix.page"), 303), opened.session)
    carry(response, browser)
    return response


def change_tier(response: AnyResponse) -> AnyResponse:
    """A new session id at each change of tiers (C7), once for a form."""
    return response if "turned" in g else remember(response, clients().identity.rotate(_opaque()))


def prove_again(mot_de_passe: str) -> None:
    """The password again, for what needs it recent (C8); the answer carries a new session id. Raises Problem.

    Not looked at again for a form that came with it before: what it proved then, its session says.
    """
    if "turned" in g:
        return
    proved = clients().identity.prove_again(_opaque(), mot_de_passe)
    g.token = proved.access_token
    _hand_over(proved.session)


def leave(suite: str | None = None) -> AnyResponse:
    """Log out on the server, then in the browser; go on to `suite`, a page of this site, or to the login page."""
    if opaque := _opaque():
        _end(opaque)
    session.clear()
    flash("Vous êtes déconnecté de l'Espace sécurisé.", "information")
    return forget(make_response(redirect(local_path(suite) or url_for("connexion.page"), 303)))


def is_somebody_else(*addresses: str) -> bool:
    """Is somebody logged in here who has none of these addresses? For the page behind a link sent to one of them."""
    return recognise() and canonical_address(g.person.email) not in set(map(canonical_address, addresses))


def _opaque() -> str:
    """The session's id as the browser gave it; empty without one, and when there are two to choose from."""
    if "turned" in g:
        return str(g.turned)
    given = request.cookies.getlist(COOKIE)
    return given[0] if len(given) == 1 else ""


def _hand_over(opaque: str) -> None:
    """Whatever this page answers, the browser holds that id afterwards."""

    @after_this_request
    def remembering(response: Response) -> Response:
        remember(response, opaque)
        return response


def _end(opaque: str) -> None:
    try:
        clients().identity.sign_out(opaque)
    except Problem as problem:
        if problem.status == 503:
            raise


def local_path(target: str | None) -> str | None:
    """`target` if it is a path of this site, else None: no open redirect (AA49)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 33 or character == "\\" for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def path_of(address: str | None) -> str | None:
    """The path of one of our own addresses (a Referer), else None."""
    if not address or urlsplit(address).netloc != request.host:
        return None
    return local_path(urlsplit(address)._replace(scheme="", netloc="").geturl())
