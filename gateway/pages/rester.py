"""« Rester connecté »: the idle time of the session starts anew (WCAG 2.2.1); its limit of eight hours stays."""

from typing import Any

from flask import Blueprint

from gateway.kit.session import session_left, signed_in

blp = Blueprint("rester", __name__)


@blp.post("/session/prolongation")
@signed_in
def prolong() -> Any:
    """Whoever gets here has used the session: until when it lives now, for the script of the page."""
    left = session_left()
    return {"secondes": left.seconds if left else 0, "heure": left.until if left else ""}
