"""The link in a mail that stops such mails, without logging in (RFC 8058): opening it shows a button, a POST does it.

The token stays in the address, for a mail server posts there without opening the page first. It can do nothing else,
and is no secret of a session: neither cookie nor form token is asked.
"""

from typing import Any

from flask import Blueprint, render_template

from gateway.clients import clients
from gateway.clients.problem import unless
from gateway.kit.security import unforgeable
from gateway.kit.session import public

DEAD = (410, 422)
blp = Blueprint("arret", __name__, url_prefix="/lien/preferences/<string(maxlength=128):token>")


@blp.get("")
@public
def page(token: str) -> Any:
    """What it stops, and the button."""
    with unless(*DEAD):
        found = clients().notification.stopped(token)
        return _shown(found.subject, found.stopped)
    return _shown()


@blp.post("")
@unforgeable
@public
def stop(token: str) -> Any:
    """Stop them: by the button, or by the mail server's « List-Unsubscribe=One-Click ». Again is harmless."""
    with unless(*DEAD):
        subject = clients().notification.stopped(token).subject
        clients().notification.stop(token)
        return _shown(subject, stopped=True)
    return _shown()


def _shown(subject: str = "", stopped: bool = False) -> Any:
    """The page; without a subject, that of a link that is none of ours."""
    return render_template("arret.html", sujet=subject, arrete=stopped), 200 if subject else 410
