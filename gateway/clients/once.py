"""One press of a button is one act: each form carries a key of its own, and what it asks of a service carries it too.

A service that gets the same key again gives the answer it gave (C3), so a time-out after the commit does no harm: the
client asks once more, and reloading the page that says « résultat inconnu » asks again. The key is new each time a form
is shown: a form that was refused and corrected is another demand.
"""

from uuid import UUID, uuid4, uuid5

from flask import g, request
from werkzeug.exceptions import HTTPException

FIELD = "cle"


def new_key() -> str:
    """The key of a form that is being shown; templates call it through the macro `jeton`."""
    return str(uuid4())


def act_key(method: str, path: str) -> str:
    """The Idempotency-Key of one call of the page: a form that asks two things of a service asks each under its own."""
    if "act" not in g:
        g.act = UUID(carried() or new_key())
    return str(uuid5(g.act, f"{method} {path}"))


def carried() -> str:
    """The key of the form that was sent; empty when none came with one, and when what came is too much to be read."""
    try:
        return str(UUID(request.form.get(FIELD, "")))
    except (ValueError, HTTPException):
        return ""
