"""The token by which identity knows a browser again, to warn of one that its owner never used (docs/decisions/0048).

It decides nothing that a page shows, opens nothing, and stays when its owner logs out.
"""

import re

from flask import request
from werkzeug.wrappers import Response

from backbone.secrets import new_token

COOKIE = "__Host-navigateur"
SECONDS = 365 * 86_400
_OURS = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_token() -> str:
    """The token that this browser carries; a new one for a browser that has none, or none of ours."""
    carried = request.cookies.get(COOKIE, "")
    return carried if _OURS.fullmatch(carried) else new_token()


def carry(response: Response, token: str) -> None:
    """Have the browser carry it for a year from now on."""
    response.set_cookie(COOKIE, token, max_age=SECONDS, path="/", secure=True, httponly=True, samesite="Lax")
