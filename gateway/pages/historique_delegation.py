"""« Historique » of one delegation: who did what with it, on whose behalf, when, before and after (D18)."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from gateway.clients import clients
from gateway.kit.access import Space, in_space
from gateway.kit.together import together

blp = Blueprint(
    "historique_delegation",
    __name__,
    url_prefix="/espace/<uuid:adherent_id>/<uuid:site_id>/droits/<uuid:delegation_id>",
)


@blp.get("/historique")
@in_space(administrator=True)
def page(space: Space, delegation_id: UUID) -> Any:
    """From its opening to what was done last; the service says who may read it, and whose names (K10)."""
    adherent_id, asked = space.tier.adherent_id, clients().delegation
    held, journal = together(
        lambda: asked.delegation(adherent_id, delegation_id), lambda: asked.journal(adherent_id, delegation_id)
    )
    return render_template("historique_delegation.html", delegation=held, journal=journal)
