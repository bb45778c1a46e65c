"""The links of the mails (G43, G54, G57, G75): the token leaves the address, nothing is consumed (AA9)."""

from typing import Any

from flask import Blueprint

from gateway.kit import links
from gateway.kit.session import public

blp = Blueprint("lien", __name__)


@blp.get("/lien/<any(invitation, reinitialisation, identifiant, annulation, certification, dossier):purpose>/<token>")
@public
def follow(purpose: str, token: str) -> Any:
    """Keep the token in a signed cookie of its own and show the page of this very link."""
    return links.take(purpose, token)
