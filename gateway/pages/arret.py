"""The link in a mail that stops such mails, without logging in (RFC 8058): opening it shows a button, a POST does it.

The token stays in the address, for a mail server posts there without opening the page first. It can do nothing else,
and is no secret of a session: neither cookie nor form token is asked.
"""

from typing import Any

from flask import Blueprint, make_response, render_template

from gateway.clients import clients
from gateway.clients.problem import Problem
from gateway.kit.security import unforgeable
from gateway.kit.session import public

blp = Blueprint("arret", __name__, url_prefix="/lien/preferences/<string(maxlength=128):token>")


@blp.get("")
@public
def page(token: str) -> Any:
    """What it stops, and the button."""
    try:
        found = clients().notification.stopped(token)
    except Problem as problem:
        return _dead(problem)
    return _shown(found.subject, found.stopped)


@blp.post("")
@unforgeable
@public
def stop(token: str) -> Any:
    """Stop them: by the button, or by the mail server's « List-Unsubscribe=One-Click ». Again is harmless."""
    try:
        subject = clients().notification.stopped(token).subject
        clients().notification.stop(token)
    except Problem as problem:
        return _dead(problem)
    return _shown(subject, stopped=True)


def _shown(subject: str, stopped: bool) -> Any:
    response = make_response(render_template("arret.html", sujet=subject, arrete=stopped))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _dead(problem: Problem) -> Any:
    if problem.status not in (410, 422):
        raise problem
    return render_template("arret.html", sujet="", arrete=False), 410
